// The actions in the list of items. Without this module the buttons submit forms and the links lead to pages.

import { as, item as itemShape } from "../ajax/shapes.js";
import { dialog } from "../core/dom.js";
import { dispatch, listen } from "../core/events.js";
import { showMoved } from "./edit.js";
import { clear } from "../forms/forms.js";
import { openItemDialog } from "./open-item-dialog.js";
import { deliver } from "../outbox/outbox.js";
import { idOf, mark, rowOf, shownIn } from "./rows.js";
import { t } from "../core/texts.js";
import { toastError } from "../core/toast.js";
import { done } from "../core/undo.js";

export function mountItems() {
  const list = /** @type {HTMLElement | null} */ (document.querySelector("[data-items]"));
  if (!list) return;
  document.addEventListener("click", (event) => click(event, list));
  const create = /** @type {HTMLFormElement} */ (dialog("create").querySelector("form"));
  listen("form:values", (values) => {
    const { body } = values;
    const name = String(body.name);
    values.send = () => deliver({ kind: "create", items: list.dataset.items ?? "", item: "", body, name });
  }, create);
  listen("form:kept", () => dialog("create").close(), create);
  listen("form:done", (answer) => created(as(itemShape, answer), list), create);
}

/** @param {MouseEvent} event @param {HTMLElement} list */
function click(event, list) {
  if (event.ctrlKey || event.metaKey || event.shiftKey) return;
  const target = /** @type {Element} */ (event.target);
  const button = /** @type {HTMLButtonElement | null} */ (target.closest("button[form=move]:not([name=star])"));
  const row = /** @type {HTMLElement | null} */ (target.closest("tbody tr"));
  if (button && row) act(button, row, list);
  else if (target.closest("[data-dialog=create]")) openCreate(list);
  else if (row && target.closest("[data-name]")) openItemDialog(row, list.dataset.items ?? "");
  else return;
  event.preventDefault();
}

/** @param {HTMLButtonElement} button @param {HTMLElement} row @param {HTMLElement} list */
async function act(button, row, list) {
  const what = { items: list.dataset.items ?? "", item: idOf(row), name: shownIn(row).name };
  try {
    if (button.name === "move") await move(what, Number(button.value.split(" ")[1]));
    else await restore(what);
  } catch (error) {
    toastError(error);
  }
}

/** @typedef {{ items: string, item: string, name: string }} What */

/** @param {What} what @param {number} delta */
async function move(what, delta) {
  const movement = await deliver({ ...what, kind: "move", body: { delta } });
  if (movement && "delta" in movement) showMoved(movement, what);
}

/** @param {What} what */
async function restore(what) {
  const restored = await deliver({ ...what, kind: "restore" });
  if (restored && "name" in restored) done(t("js.restored", restored.name), what.items, restored);
}

/** @param {HTMLElement} list */
function openCreate(list) {
  const form = /** @type {HTMLFormElement} */ (dialog("create").querySelector("form"));
  clear(form);
  form.dataset.api = list.dataset.items;
  dispatch("form:open", undefined, form);
  dialog("create").showModal();
}

/** @param {import("../core/types.js").Item} item @param {HTMLElement} list */
function created(item, list) {
  dialog("create").close();
  mark(rowOf(item.id));
  done(t("js.created", item.name), list.dataset.items ?? "", item);
}
