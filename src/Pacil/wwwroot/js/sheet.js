// The dialog of one item: take or receive some, change what is written about it, archive it. Without scripts the
// item's name leads to its own page, which does the same.

import { AjaxError, get } from "./ajax.js";
import { follow, settle } from "./conflict.js";
import { detail, dialog } from "./dialogs.js";
import { clear } from "./forms.js";
import { overlay } from "./operations.js";
import { deliver, pendingOf } from "./outbox.js";
import { idOf, mark, rowOf, shownIn } from "./rows.js";
import { showStar } from "./stars.js";
import { number, t } from "./texts.js";
import { toast, toastError } from "./toast.js";
import { done } from "./undo.js";

/** @typedef {import("./types.js").Item} Item */

/** The item that is shown, as the outbox knows it. */
let what = { items: "", item: "", name: "" };

export function mountSheet() {
  if (!dialog("sheet")) return;
  const sheet = dialog("sheet");
  const edit = /** @type {HTMLFormElement} */ (sheet.querySelector("[data-edit]"));
  const movement = /** @type {HTMLFormElement} */ (sheet.querySelector("[data-movement]"));
  edit.addEventListener("form:values", (event) => {
    onlyChanges(event, edit);
    const values = detail(event);
    const version = Number(edit.dataset.version?.replaceAll('"', "")) || null;
    values.send = () => deliver({ ...what, kind: "change", body: values.body, version });
  });
  movement.addEventListener("form:values", (event) => {
    const values = detail(event);
    const { quantity, ...body } = values.body;
    body.delta = quantity * Number(values.submitter?.value ?? 1);
    values.send = () => deliver({ ...what, kind: "move", body });
  });
  sheet.addEventListener("form:done", () => sheet.close());
  sheet.addEventListener("form:kept", () => sheet.close());
  edit.addEventListener("form:done", (event) => {
    const item = detail(event);
    const row = rowOf(item.id);
    if (row) mark(row);
    done(t("js.saved", item.name), what.items, item);
  });
  movement.addEventListener("form:done", (event) => {
    const answer = detail(event);
    const row = rowOf(answer.item);
    if (row) mark(row);
    const text = t(answer.delta < 0 ? "js.took" : "js.received", number(Math.abs(answer.delta)), what.name);
    done(text, what.items, answer);
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
  sheet.querySelector("[data-archive]")?.addEventListener("click", () => archive().catch(toastError));
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

/** @param {HTMLElement} row @param {string} items where they are, in the API */
export async function openSheet(row, items) {
  const id = idOf(row);
  try {
    const item = await read(row, `${items}/${id}`);
    what = { items, item: id, name: item.name };
    fillSheet(item, `${items}/${id}`);
    edited(item.id ? `item:${item.id}` : undefined);
    dialog("sheet").showModal();
  } catch (error) {
    toastError(error);
  }
}

/**
 * Where the server cannot be asked, or does not know the item yet, what its row shows must do.
 * @param {HTMLElement} row @param {string} address @returns {Promise<Partial<Item> & { name: string }>}
 */
async function read(row, address) {
  if (idOf(row).startsWith("~")) return shownIn(row);
  try {
    return overlay(await get(address, { attempts: 1 }), pendingOf(idOf(row)));
  } catch (error) {
    if (error instanceof AjaxError && error.problem) throw error;
    return shownIn(row);
  }
}

/** Says that one is at this item, and shows who else is; see presence.js. @param {string} [place] left out, at none */
function edited(place) {
  const editors = /** @type {HTMLElement} */ (dialog("sheet").querySelector("[data-editing]"));
  editors.textContent = "";
  if (place) editors.dataset.here = place;
  else delete editors.dataset.here;
}

/** @param {Partial<Item> & { name: string }} item @param {string} address */
function fillSheet(item, address) {
  const sheet = dialog("sheet");
  /** @type {HTMLElement} */ (sheet.querySelector("[data-title]")).textContent = item.name;
  showStar(sheet, what.item);
  /** @type {HTMLAnchorElement} */ (sheet.querySelector("[data-page]")).href = address.replace(/^\/api/, "");
  for (const form of sheet.querySelectorAll("form")) {
    clear(form);
    form.dataset.api = form.matches("[data-movement]") ? `${address}/movements` : address;
  }
  const edit = /** @type {HTMLFormElement} */ (sheet.querySelector("[data-edit]"));
  edit.dataset.version = item.version ? `"${item.version}"` : "";
  for (const name of /** @type {const} */ (["name", "description", "amount", "unit", "threshold"])) {
    const control = /** @type {HTMLInputElement} */ (edit.elements.namedItem(name));
    edit.dataset[name] = control.value = String(item[name] ?? "");
    control.disabled = item[name] === undefined;
  }
}

async function archive() {
  const archived = await deliver({ ...what, kind: "archive" });
  dialog("sheet").close();
  if (archived) done(archived.message, `${what.items}/${archived.id}`, archived);
}
