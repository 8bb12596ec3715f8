// Two people edit one thing. What only the other has changed is taken over; where both changed the same field, both
// values are shown at it, and nothing is sent before the person has chosen. Without scripts the server shows the form
// again with what it is now.

import { answered, ask } from "./forms.js";
import { t } from "./texts.js";
import { toast } from "./toast.js";

/** @typedef {HTMLInputElement | HTMLTextAreaElement} Control */

/**
 * A field has been changed by someone else while the form is open. <* data-seen> is what it is on the server, as far as
 * the form has heard.
 * @param {HTMLFormElement} form @param {string} name @param {string | number | null} value @param {string} who
 */
export function changeMeanwhile(form, name, value, who) {
  const control = /** @type {Control | null} */ (form.elements.namedItem(name));
  const theirs = String(value ?? "");
  if (!control || control.dataset.seen === undefined || theirs === control.dataset.seen) return;
  const isMine = control.value !== control.dataset.seen;
  control.dataset.seen = theirs;
  if (isMine && control.value !== theirs) return offerChoice(control, theirs, who);
  control.value = theirs;
  answered(control);
}

/**
 * Somebody, perhaps oneself, has changed the item that a form is about.
 * @param {HTMLFormElement} form @param {import("./types.js").Entry} entry
 */
export function follow(form, { kind, actor, data }) {
  if (kind === "stock_moved") changeMeanwhile(form, "amount", data.amount, actor.name);
  else if (kind === "item_changed")
    for (const [name, { to }] of Object.entries(data)) changeMeanwhile(form, name, to, actor.name);
}

/** This is what it is now, whatever the form has heard. @param {HTMLFormElement} form @param {any} current */
export function compare(form, current) {
  form.dataset.version = String(current.version);
  for (const [name, value] of Object.entries(current)) changeMeanwhile(form, name, value, t("js.feed.someone"));
}

/**
 * The server refused a save because of a newer version. If nobody else touched what was sent, it is sent again.
 * @param {HTMLFormElement} form @param {any} problem
 */
export function settle(form, { current }) {
  compare(form, current);
  const asked = /** @type {HTMLElement | null} */ (form.querySelector("[data-asked]"));
  // The form is busy until this request is over.
  if (!asked) return void setTimeout(() => form.requestSubmit());
  toast(t("js.feed.conflict"));
  asked.focus();
}

/** Both values, and the choice. @param {Control} control @param {string} theirs @param {string} who */
export function offerChoice(control, theirs, who) {
  ask(control, t("js.feed.theirs", who, theirs || t("js.feed.empty")));
  const take = choice(control, t("js.feed.use_theirs"), () => (control.value = theirs));
  const keep = choice(control, t("js.feed.keep_mine"), () => {});
  control.form?.querySelector(`[data-error-for="${control.name}"]`)?.append(" ", take, " ", keep);
}

/** @param {Control} control @param {string} text @param {() => void} act */
function choice(control, text, act) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "take";
  button.textContent = text;
  button.addEventListener("click", () => {
    act();
    answered(control);
    control.focus();
    // Whatever is kept of what is typed follows.
    control.dispatchEvent(new Event("input", { bubbles: true }));
  });
  return button;
}
