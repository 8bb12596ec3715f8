// Merges another person's changes into an open form. If that person and the user have changed the same field, the
// form shows both values and is not sent until the user has chosen. Without JavaScript the server shows the form again.

import { answered, ask } from "./forms.js";
import { t } from "../core/texts.js";
import { toast } from "../core/toast.js";

/** @typedef {HTMLInputElement | HTMLTextAreaElement} Control */
/** @typedef {import("../core/types.js").Fields} Fields */

/**
 * Applies another person's change of one field to an open form. data-seen holds the last value known from the server.
 * @param {HTMLFormElement} form @param {string} name @param {Fields[string]} value @param {string} who
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

/** @param {HTMLFormElement} form @param {import("../feed/feed-types.js").Entry} entry */
export function follow(form, { kind, actor, data }) {
  if (kind === "stock_moved") changeMeanwhile(form, "amount", data.amount, actor.name);
  else if (kind === "item_changed")
    for (const [name, { to }] of Object.entries(data)) changeMeanwhile(form, name, to, actor.name);
}

/** @param {HTMLFormElement} form @param {Fields} current */
export function compare(form, current) {
  form.dataset.version = String(current.version);
  for (const [name, value] of Object.entries(current)) changeMeanwhile(form, name, value, t("js.feed.someone"));
}

/**
 * After a version conflict, sends the form again, unless the user must first choose between two values of a field.
 * @param {HTMLFormElement} form @param {{ current?: Fields }} problem
 */
export function settle(form, { current = {} }) {
  compare(form, current);
  const asked = /** @type {HTMLElement | null} */ (form.querySelector("[data-asked]"));
  // The form ignores a submit until the handler of the failed submit has returned. So setTimeout submits later.
  if (!asked) return void setTimeout(() => form.requestSubmit());
  toast(t("js.feed.conflict"));
  asked.focus();
}

/** @param {Control} control @param {string} theirs @param {string} who */
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
    // drafts.js saves the draft on "input".
    control.dispatchEvent(new Event("input", { bubbles: true }));
  });
  return button;
}
