// Opens the dialog of an item at the URL of the item's page. item-dialog.js handles the actions in the dialog.

import { AjaxError, get } from "../ajax.js";
import { as, item as itemShape } from "../ajax/shapes.js";
import { dialog, part } from "../core/dom.js";
import { dispatch } from "../core/events.js";
import { ofPage } from "../core/page-state.js";
import { clear } from "../forms/forms.js";
import { resetTabs } from "../core/tabs.js";
import { withPending } from "../outbox/outbox-operations.js";
import { pendingOf } from "../outbox/outbox.js";
import { idOf, shownIn } from "./rows.js";
import { showStar } from "./stars.js";
import { toastError } from "../core/toast.js";

/** @typedef {import("../core/types.js").Item} Item */

const dialogState = ofPage(() => ({
  what: { items: "", item: "", name: "" },
  /** Resolves when the browser is back at the list's URL after the dialog was closed. */
  left: Promise.resolve(),
}));

/** The item that the dialog shows. */
export const what = () => dialogState().what;

/**
 * @param {HTMLElement} row @param {string} items
 * @param {boolean} [isNew] false when the user goes back or forward in the browser history
 */
export async function openItemDialog(row, items, isNew = true) {
  const id = idOf(row);
  try {
    const item = await read(row, `${items}/${id}`);
    await dialogState().left;
    if (dialog("sheet").open) return;
    dialogState().what = { items, item: id, name: item.name };
    fill(item, `${items}/${id}`);
    const isCreated = !id.startsWith("~");
    beAt(isCreated ? `item:${id}` : undefined);
    const path = /** @type {HTMLAnchorElement} */ (row.querySelector("[data-name]")).href;
    if (isNew && isCreated) history.pushState({ item: id }, "", path);
    dialog("sheet").showModal();
    const tab = `[data-tab][href="${location.pathname}${location.search}"]`;
    /** @type {HTMLAnchorElement | null} */ (dialog("sheet").querySelector(tab))?.click();
    dialog("sheet").addEventListener("close", () => beAt(), { once: true });
  } catch (error) {
    toastError(error);
  }
}

/** Goes back to the list's URL, if the closed dialog had a URL of its own. */
export function leave() {
  if (!history.state?.item) return;
  dialogState().left = new Promise((resolve) => addEventListener("popstate", () => resolve(), { once: true }));
  history.back();
}

/**
 * Reads the item from the server or, if the server cannot be reached or does not have the item yet, from its row.
 * @param {HTMLElement} row @param {string} address @returns {Promise<Partial<Item> & { name: string }>}
 */
async function read(row, address) {
  if (idOf(row).startsWith("~")) return shownIn(row);
  try {
    return withPending(as(itemShape, await get(address, { attempts: 1 })), pendingOf(idOf(row)));
  } catch (error) {
    if (error instanceof AjaxError && error.problem) throw error;
    return shownIn(row);
  }
}

/** Sets or removes the dialog's presence location; see presence.js. @param {string} [place] */
function beAt(place) {
  const editors = /** @type {HTMLElement} */ (dialog("sheet").querySelector("[data-editing]"));
  editors.textContent = "";
  if (place) editors.dataset.here = place;
  else delete editors.dataset.here;
}

/** @param {Partial<Item> & { name: string }} item @param {string} address */
function fill(item, address) {
  const sheet = dialog("sheet");
  part(sheet, "title").textContent = item.name;
  showStar(sheet, what().item);
  const tabs = part(sheet, "tabs");
  resetTabs(tabs, address.replace(/^\/api/, ""));
  /** @type {HTMLElement} */ (tabs.querySelector("nav")).hidden = what().item.startsWith("~");
  for (const form of sheet.querySelectorAll("form")) {
    clear(form);
    form.dataset.api = form.matches("[data-movement]") ? `${address}/movements` : address;
  }
  const edit = /** @type {HTMLFormElement} */ (sheet.querySelector("[data-edit]"));
  edit.dataset.version = String(item.version || "");
  edit.dataset.draft = item.version ? `item:${what().item}` : "";
  for (const name of /** @type {const} */ (["name", "description", "amount", "unit", "threshold"])) {
    const control = /** @type {HTMLInputElement} */ (edit.elements.namedItem(name));
    control.dataset.seen = control.value = String(item[name] ?? "");
    control.disabled = item[name] === undefined;
  }
  dispatch("form:open", undefined, edit);
}
