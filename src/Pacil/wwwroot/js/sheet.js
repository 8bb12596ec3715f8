// The dialog of one item: take or receive some, change what is written about it, archive it. Without scripts the
// item's name leads to its own page, which does the same.

import { get, remove } from "./ajax.js";
import { follow, settle } from "./conflict.js";
import { detail, dialog } from "./dialogs.js";
import { clear } from "./forms.js";
import { describe, mark, moved, rowOf } from "./rows.js";
import { number, t } from "./texts.js";
import { toast, toastError } from "./toast.js";
import { done } from "./undo.js";

/** @typedef {import("./types.js").Item} Item */

export function mountSheet() {
  if (!dialog("sheet")) return;
  const sheet = dialog("sheet");
  const edit = /** @type {HTMLFormElement} */ (sheet.querySelector("[data-edit]"));
  const movement = /** @type {HTMLFormElement} */ (sheet.querySelector("[data-movement]"));
  edit.addEventListener("form:values", (event) => onlyChanges(event, edit));
  movement.addEventListener("form:values", (event) => {
    const { body, submitter } = detail(event);
    body.delta = body.quantity * Number(submitter?.value ?? 1);
    delete body.quantity;
  });
  edit.addEventListener("form:done", (event) => {
    const item = detail(event);
    const row = rowOf(item.id);
    if (row) {
      describe(row, item);
      mark(row);
    }
    sheet.close();
    done(t("js.saved", item.name), edit.dataset.api ?? "", item);
  });
  movement.addEventListener("form:done", (event) => {
    const answer = detail(event);
    moved(answer);
    sheet.close();
    const name = sheet.querySelector("[data-title]")?.textContent ?? "";
    const text = t(answer.delta < 0 ? "js.took" : "js.received", number(Math.abs(answer.delta)), name);
    done(text, edit.dataset.api ?? "", answer);
  });
  edit.addEventListener("form:refused", (event) => {
    const { error, body } = detail(event);
    if (error.code !== "version_conflict") return;
    event.preventDefault();
    settle(edit, error.problem, body);
  });
  sheet.addEventListener("close", () => edited());
  document.addEventListener("feed:entry", (event) => {
    if (sheet.open) changed(detail(event), edit);
  });
  sheet.querySelector("[data-archive]")?.addEventListener("click", () => archive(edit).catch(toastError));
}

/**
 * What nobody touched is not sent, so that it overwrites nobody's.
 * @param {Event} event @param {HTMLFormElement} edit
 */
function onlyChanges(event, edit) {
  const { body } = detail(event);
  for (const name of Object.keys(body))
    if (/** @type {HTMLInputElement} */ (edit.elements.namedItem(name)).value === edit.dataset[name]) delete body[name];
  if (Object.keys(body).length > 0) return;
  event.preventDefault();
  dialog("sheet").close();
  toast(t("js.nothing_changed"));
}

/** @param {import("./types.js").Entry} entry @param {HTMLFormElement} edit */
function changed(entry, edit) {
  if (!edit.dataset.api?.endsWith(`/items/${entry.subject.id}`) || entry.subject.type !== "item") return;
  if (entry.version <= Number(edit.dataset.version?.replaceAll('"', ""))) return;
  edit.dataset.version = `"${entry.version}"`;
  follow(edit, entry);
}

/** @param {string} address the item's, in the API */
export async function openSheet(address) {
  try {
    const item = await get(address);
    fillSheet(item, address);
    edited(`item:${item.id}`);
    dialog("sheet").showModal();
  } catch (error) {
    toastError(error);
  }
}

/** Says that one is at this item, and shows who else is; see presence.js. @param {string} [place] left out, at none */
function edited(place) {
  const editors = /** @type {HTMLElement} */ (dialog("sheet").querySelector("[data-editing]"));
  editors.textContent = "";
  if (place) editors.dataset.here = place;
  else delete editors.dataset.here;
}

/** @param {Item} item @param {string} address */
function fillSheet(item, address) {
  const sheet = dialog("sheet");
  /** @type {HTMLElement} */ (sheet.querySelector("[data-title]")).textContent = item.name;
  /** @type {HTMLAnchorElement} */ (sheet.querySelector("[data-page]")).href = address.replace(/^\/api/, "");
  for (const form of sheet.querySelectorAll("form")) {
    clear(form);
    form.dataset.api = form.matches("[data-movement]") ? `${address}/movements` : address;
  }
  const edit = /** @type {HTMLFormElement} */ (sheet.querySelector("[data-edit]"));
  edit.dataset.version = `"${item.version}"`;
  for (const name of /** @type {const} */ (["name", "description", "amount", "unit", "threshold"])) {
    const control = /** @type {HTMLInputElement} */ (edit.elements.namedItem(name));
    edit.dataset[name] = control.value = String(item[name] ?? "");
  }
}

/** @param {HTMLFormElement} edit */
async function archive(edit) {
  const address = edit.dataset.api ?? "";
  const archived = await remove(address);
  dialog("sheet").close();
  rowOf(archived.id)?.remove();
  done(archived.message, address, archived);
}
