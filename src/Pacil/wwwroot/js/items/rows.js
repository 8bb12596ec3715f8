// The rows of the table of items. A row shows the item's last state from the server plus the user's pending operations.

import { showAge } from "../core/ages.js";
import { clone, part } from "../core/dom.js";
import { moveFocusFrom } from "../core/focus.js";
import { withPending } from "../outbox/outbox-operations.js";
import { pendingOf } from "../outbox/outbox.js";
import { showStar } from "./stars.js";
import { isolated, number } from "../core/texts.js";

const MARKED_MS = 4_000;
const NOTE_LENGTH_MAX = 80;

/** @typedef {import("../core/types.js").Item} Item */
/** @typedef {Pick<Item, "name" | "unit" | "threshold" | "amount" | "version" | "updated_at">} Shown */
/**
 * `counted` is the item's version to which the amount belongs. An amount of an older version is ignored.
 * @typedef {Shown & { note: string, description?: string, counted: number }} State
 */

/** The last state from the server of each row's item. @type {WeakMap<HTMLElement, State>} */
const states = new WeakMap();

/** @returns {HTMLElement | null} @param {number | string} id */
export const rowOf = (id) => document.getElementById(`item-${id}`);

/** @param {HTMLElement} row */
export const idOf = (row) => row.id.slice("item-".length);

/** @param {Shown & { id: number | string, description: string }} item @param {string} [by] @returns {HTMLElement} */
export function newRow(item, by) {
  const row = clone("row");
  rename(row, item.id);
  describe(row, item, by);
  return row;
}

/** Changes the id of the row's item. @param {HTMLElement} row @param {number | string} id */
export function rename(row, id) {
  const old = idOf(row);
  row.id = `item-${id}`;
  const link = part(row, "name");
  link.setAttribute("href", (link.getAttribute("href") ?? "").slice(0, -old.length || undefined) + id);
  for (const button of row.querySelectorAll("button")) button.value = id + button.value.slice(old.length);
  const box = /** @type {HTMLInputElement} */ (row.querySelector("[name=ids]"));
  [box.value, box.disabled] = [String(id), String(id).startsWith("~")];
  showStar(row, id);
}

/**
 * Applies all fields of an item, or only the changed fields. Ignores an item that is older than the row. If only
 * changed fields arrive and earlier changes are still missing, the row keeps its version. With the new version, the row
 * would ignore the missing changes when they arrive.
 * @param {HTMLElement} row @param {Partial<Omit<Item, "id">> & { version: number, updated_at: string }} item
 * @param {string} [by] the person who changed the item; by default the user
 */
export function describe(row, item, by = document.documentElement.dataset.me ?? "") {
  const state = stateOf(row);
  if (state.version > item.version) return;
  const note = item.description === undefined ? state.note : noteOf(item.description);
  const isNext = item.name !== undefined || item.version <= state.version + 1;
  const { amount, counted } = item.amount === undefined || item.version < state.counted
    ? state : { amount: item.amount, counted: item.version };
  states.set(row, { ...state, ...item, note, amount, counted, version: isNext ? item.version : state.version });
  part(row, "updated").setAttribute("datetime", item.updated_at);
  showAge(part(row, "updated"));
  part(row, "by").textContent = `, ${isolated(by)}`;
  draw(row);
}

/** Before the first update, the state is read from the HTML. @param {HTMLElement} row @returns {State} */
function stateOf(row) {
  const { version, pieces, threshold } = row.dataset;
  const [name, note, unit] = ["name", "note", "unit"].map((of) => part(row, of).textContent ?? "");
  const first = {
    name, note, unit, updated_at: timeOf(row), threshold: threshold ? Number(threshold) : null,
    amount: Number(pieces), version: Number(version), counted: Number(version),
  };
  return states.get(row) ?? first;
}

/** @param {HTMLElement} row */
export function draw(row) {
  const state = stateOf(row);
  states.set(row, state);
  const waiting = pendingOf(idOf(row));
  const { isGone, ...item } = withPending(state, waiting);
  part(row, "name").textContent = item.name;
  part(row, "note").textContent = item.description === undefined ? item.note : noteOf(item.description);
  part(row, "unit").textContent = item.unit;
  part(row, "amount").textContent = number(item.amount);
  row.dataset.version = String(state.version);
  row.dataset.pieces = String(item.amount);
  row.dataset.threshold = String(item.threshold ?? "");
  row.classList.toggle("low", item.threshold !== null && item.amount <= item.threshold);
  row.classList.toggle("pending", waiting.length > 0);
  if (isGone) moveFocusFrom(row);
  row.hidden = isGone === true;
}

/**
 * The item as the row shows it, including pending operations. Fields that a row does not have are missing.
 * @param {HTMLElement} row
 */
export const shownIn = (row) => withPending(stateOf(row), pendingOf(idOf(row)));

/** The start of the first line. Does not split a surrogate pair. @param {string} description */
export function noteOf(description) {
  const note = description.split("\n")[0].slice(0, NOTE_LENGTH_MAX).replace(/[\ud800-\udbff]$/, "");
  return note.length < description.length ? `${note}…` : note;
}

/** isCut means that the row has only the start of the description. @param {HTMLElement} row */
export function textOf(row) {
  const { name, note, description } = stateOf(row);
  return { text: `${name} ${description ?? note}`, isCut: description === undefined && note.endsWith("…") };
}

/** Highlights the row for four seconds. @param {HTMLElement | null} row null if there is none @param {string} [text] */
export function mark(row, text = "") {
  if (!row) return;
  part(row, "told").textContent = text;
  row.classList.add("changed-now");
  clearTimeout(Number(row.dataset.timer));
  row.dataset.timer = String(setTimeout(() => {
    row.classList.remove("changed-now");
    part(row, "told").textContent = "";
  }, MARKED_MS));
}

/** @param {HTMLElement} row */
export const timeOf = (row) => part(row, "updated").getAttribute("datetime") ?? "";

/** Puts the user's new row at the top of the list, not at its sorted position. @param {HTMLElement} row */
export function place(row) {
  document.getElementById(row.id)?.remove();
  document.querySelector("#list tbody")?.prepend(row);
  row.dataset.loose = "";
  row.scrollIntoView({ block: "nearest" });
  mark(row);
}
