// The forms that edit an item and move its stock, on the item's page and in the item's dialog. The outbox sends the
// forms. Without this module the browser submits the forms.

import { compare, follow, settle } from "../forms/conflict.js";
import { AjaxError } from "../ajax.js";
import { as, item as itemShape, movement as movementShape } from "../ajax/shapes.js";
import { hears, listen } from "../core/events.js";
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
    listen("form:values", () => (sent = shown()), form);
    for (const name of /** @type {const} */ (["form:done", "form:kept"]))
      listen(name, () => sent.item === shown().item && over(form), form);
    listen("form:refused", ({ error }, event) => {
      const isShown = sent.item === shown().item;
      const conflict = error instanceof AjaxError && error.code === "version_conflict" ? error.problem : undefined;
      if (isShown && !conflict) return;
      event.preventDefault();
      if (isShown && conflict) settle(edit, conflict);
      else toastError(error);
    }, form);
  }
  listen("form:values", (values, event) => {
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
  }, edit);
  listen("form:done", (answer) => {
    const item = as(itemShape, answer);
    mark(rowOf(item.id));
    done(t("js.saved", item.name), sent.items, item);
    if (sent.item === shown().item && item.version >= Number(edit.dataset.version)) compare(edit, item);
  }, edit);
  if (movement) {
    listen("form:values", (values) => {
      const { quantity, ...body } = values.body;
      const sign = values.submitter instanceof HTMLButtonElement ? Number(values.submitter.value) : 1;
      values.send = () => deliver({ ...sent, kind: "move", body: { ...body, delta: Number(quantity) * sign } });
    }, movement);
    listen("form:done", (answer) => showMoved(as(movementShape, answer), sent), movement);
  }
  const lock = () => {
    for (const control of edit.querySelectorAll("input, textarea"))
      /** @type {HTMLInputElement} */ (control).readOnly = edit.matches("[data-role=viewer] *");
  };
  lock();
  hears(edit, "role:changed", lock);
}

/** @param {HTMLFormElement} edit @param {import("../feed/feed-types.js").Entry} entry @returns {boolean} */
export function applyEntry(edit, entry) {
  const { subject, version } = entry;
  if (subject.type !== "item" || !edit.dataset.api?.endsWith(`/items/${subject.id}`)) return false;
  if (version <= Number(edit.dataset.version)) return false;
  edit.dataset.version = String(version);
  follow(edit, entry);
  return true;
}

/** @param {import("../core/types.js").Movement} movement @param {{ items: string, name: string }} what */
export function showMoved(movement, { items, name }) {
  mark(rowOf(movement.item));
  done(t(movement.delta < 0 ? "js.took" : "js.received", number(Math.abs(movement.delta)), name), items, movement);
}
