// What one does with items on the list: one more, one less, add, restore, each without leaving the page and each
// answered where it happened. The buttons and links work without this module, by forms and pages.

import { post, uniqueKey } from "./ajax.js";
import { detail, dialog } from "./dialogs.js";
import { clear } from "./forms.js";
import { moved, newRow, place, rowOf } from "./rows.js";
import { openSheet } from "./sheet.js";
import { number, t } from "./texts.js";
import { toastError } from "./toast.js";
import { done } from "./undo.js";

export function mountItems() {
  const list = /** @type {HTMLElement | null} */ (document.querySelector("[data-items]"));
  if (!list) return;
  document.addEventListener("click", (event) => click(event, list));
  dialog("create").addEventListener("form:done", (event) => created(detail(event), list));
}

/** @param {MouseEvent} event @param {HTMLElement} list */
function click(event, list) {
  if (event.ctrlKey || event.metaKey || event.shiftKey) return;
  const target = /** @type {Element} */ (event.target);
  const button = /** @type {HTMLButtonElement | null} */ (target.closest("button[form=move]"));
  const row = /** @type {HTMLElement | null} */ (target.closest("tbody tr"));
  if (button && row) act(button, row, list);
  else if (target.closest("[data-dialog=create]")) openCreate(list);
  else if (row && target.closest("[data-name]")) openSheet(addressOf(row, list));
  else return;
  event.preventDefault();
}

/** @param {HTMLButtonElement} button @param {HTMLElement} row @param {HTMLElement} list */
async function act(button, row, list) {
  if (button.ariaDisabled === "true") return;
  button.ariaDisabled = "true";
  try {
    const address = addressOf(row, list);
    if (button.name === "move") await move(address, Number(button.value.split(" ")[1]));
    else await restore(address);
  } catch (error) {
    toastError(error);
  } finally {
    button.ariaDisabled = null;
  }
}

/** @param {HTMLElement} row @param {HTMLElement} list */
const addressOf = (row, list) => `${list.dataset.items}/${row.id.slice("item-".length)}`;

/** @param {string} item its address @param {number} delta */
async function move(item, delta) {
  const movement = await post(`${item}/movements`, { delta }, { key: uniqueKey() });
  moved(movement);
  const name = rowOf(movement.item)?.querySelector("[data-name]")?.textContent ?? "";
  done(t(delta < 0 ? "js.took" : "js.received", number(Math.abs(delta)), name), item, movement);
}

/** @param {string} item its address */
async function restore(item) {
  const restored = await post(`${item}/restore`);
  rowOf(restored.id)?.remove();
  done(t("js.restored", restored.name), item, restored);
}

/** @param {HTMLElement} list */
function openCreate(list) {
  const form = /** @type {HTMLFormElement} */ (dialog("create").querySelector("form"));
  clear(form);
  form.dataset.api = list.dataset.items;
  dialog("create").showModal();
}

/** @param {import("./types.js").Item} item @param {HTMLElement} list */
function created(item, list) {
  dialog("create").close();
  place(newRow(item));
  done(t("js.created", item.name), list.dataset.items ?? "", item);
}
