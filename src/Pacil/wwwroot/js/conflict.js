// Two people edit one item. What only the other has changed is taken over; where both changed the same field, both
// values are shown at it and the person chooses. Without scripts the server shows the form again with what it is now.

import { show } from "./forms.js";
import { t } from "./texts.js";
import { toast } from "./toast.js";

/** @typedef {HTMLInputElement | HTMLTextAreaElement} Control */

/**
 * A field has been changed by someone else while the form is open.
 * @param {HTMLFormElement} form @param {string} name @param {string | number | null} value @param {string} who
 */
function changeMeanwhile(form, name, value, who) {
  const control = /** @type {Control | null} */ (form.elements.namedItem(name));
  if (!control) return;
  const theirs = String(value ?? "");
  const isMine = control.value !== form.dataset[name];
  form.dataset[name] = theirs;
  if (!isMine || control.value === theirs) control.value = theirs;
  else offer(control, theirs, who);
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

/**
 * The server refused a save because of a newer version. If nobody else touched what was sent, it is sent again.
 * @param {HTMLFormElement} form @param {any} problem @param {Record<string, unknown>} body what was sent
 */
export function settle(form, { current, differing }, body) {
  form.dataset.version = `"${current.version}"`;
  for (const name of Object.keys(form.dataset))
    if (name in current) changeMeanwhile(form, name, current[name], t("js.feed.someone"));
  const isContested = Object.keys(body).some((name) => differing.includes(name) && body[name] !== current[name]);
  // The form is busy until this request is over.
  if (!isContested) return void setTimeout(() => form.requestSubmit());
  toast(t("js.feed.conflict"));
  /** @type {HTMLElement | null} */ (form.querySelector("[aria-invalid=true]"))?.focus();
}

/** @param {Control} control @param {string} theirs @param {string} who */
function offer(control, theirs, who) {
  show(control, t("js.feed.theirs", who, theirs || t("js.feed.empty")));
  const take = document.createElement("button");
  take.type = "button";
  take.className = "take";
  take.textContent = t("js.feed.use_theirs");
  take.addEventListener("click", () => {
    control.value = theirs;
    show(control, "");
    control.focus();
  });
  control.form?.querySelector(`[data-error-for="${control.name}"]`)?.append(" ", take);
}
