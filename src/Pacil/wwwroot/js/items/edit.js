// The forms that edit an item and move its stock, on the item's page and in the item's dialog. The outbox sends the
// forms. Without this module the browser submits the forms.

import { compare, follow, settle } from "../forms/conflict.js";
import { detail, hears } from "../core/dom.js";
import { deliver } from "../outbox/outbox.js";
import { mark, rowOf } from "./rows.js";
import { number, t } from "../core/texts.js";
import { toast, toastError } from "../core/toast.js";
import { done } from "../core/undo.js";

/**
 * @param {HTMLFormElement} edit @param {HTMLFormElement | null} movement
 * @param {() => { items: string, item: string, name: string }} shown
 * @param {(form: HTMLFormElement) => unknown} over called when a form is sent, stored for later, or unchanged
 */
export function mountItemForms(edit, movement, shown, over) {
  // The item of the last sent form. When the response arrives, the dialog may show another item.
  let sent = shown();
  for (const form of [edit, ...(movement ? [movement] : [])]) {
    form.addEventListener("form:values", () => (sent = shown()));
    for (const name of ["form:done", "form:kept"])
      form.addEventListener(name, () => sent.item === shown().item && over(form));
    form.addEventListener("form:refused", (event) => {
      const { error } = detail(event);
      const isShown = sent.item === shown().item;
      if (isShown && error.code !== "version_conflict") return;
      event.preventDefault();
      if (isShown) settle(edit, error.problem);
      else toastError(error);
    });
  }
  edit.addEventListener("form:values", (event) => {
    const values = detail(event);
    // Unchanged fields are not sent, because they would overwrite other people's changes.
    for (const name of Object.keys(values.body)) {
      const { value, dataset } = /** @type {HTMLInputElement} */ (edit.elements.namedItem(name));
      if (value === dataset.seen) delete values.body[name];
    }
    const version = Number(edit.dataset.version) || null;
    values.send = () => deliver({ ...sent, kind: "change", body: values.body, version });
    if (Object.keys(values.body).length > 0) return;
    event.preventDefault();
    over(edit);
    toast(t("js.nothing_changed"));
  });
  movement?.addEventListener("form:values", (event) => {
    const values = detail(event);
    const { quantity, ...body } = values.body;
    body.delta = quantity * Number(values.submitter?.value ?? 1);
    values.send = () => deliver({ ...sent, kind: "move", body });
  });
  edit.addEventListener("form:done", (event) => {
    const item = detail(event);
    mark(rowOf(item.id));
    done(t("js.saved", item.name), sent.items, item);
    if (sent.item === shown().item && item.version >= Number(edit.dataset.version)) compare(edit, item);
  });
  movement?.addEventListener("form:done", (event) => showMoved(detail(event), sent));
  const lock = () => {
    for (const control of edit.querySelectorAll("input, textarea"))
      /** @type {HTMLInputElement} */ (control).readOnly = edit.matches("[data-role=viewer] *");
  };
  lock();
  hears(edit, "role:changed", lock);
}

/** @param {HTMLFormElement} edit @param {import("../core/types.js").Entry} entry @returns {boolean} */
export function applyEntry(edit, entry) {
  const { subject, version } = entry;
  if (subject.type !== "item" || !edit.dataset.api?.endsWith(`/items/${subject.id}`)) return false;
  if (version <= Number(edit.dataset.version)) return false;
  edit.dataset.version = String(version);
  follow(edit, entry);
  return true;
}

/** @param {{ item: number, delta: number }} movement @param {{ items: string, name: string }} what */
export function showMoved(movement, { items, name }) {
  mark(rowOf(movement.item));
  done(t(movement.delta < 0 ? "js.took" : "js.received", number(Math.abs(movement.delta)), name), items, movement);
}
