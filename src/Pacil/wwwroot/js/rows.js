// The rows of the table of items: made from the page's own <template id="row">, changed in place. A row shows what the
// server last said of its item, and what the person has done since that waits to be confirmed.

import { showAge } from "./ages.js";
import { clone, part } from "./dom.js";
import { moveFocusFrom } from "./focus.js";
import { withPending } from "./outbox-operations.js";
import { pendingOf } from "./outbox.js";
import { showStar } from "./stars.js";
import { isolated, number } from "./texts.js";

const MARKED_MS = 4_000;
const NOTE_LENGTH_MAX = 80;

/** @typedef {import("./types.js").Item} Item */
/** @typedef {Pick<Item, "name" | "unit" | "threshold" | "amount" | "version" | "updated_at">} Shown */
/** @typedef {Shown & { note: string, description?: string, counted: number }} State `counted`: the amount's version */

/** What the server last said. @type {WeakMap<HTMLElement, State>} */
const states = new WeakMap();

/** @returns {HTMLElement | null} @param {number | string} id */
export const rowOf = (id) => document.getElementById(`item-${id}`);

/** @param {HTMLElement} row */
export const idOf = (row) => row.id.slice("item-".length);

/**
 * @param {Item} item
 * @param {string} [by] who made it; left out, it is me
 * @returns {HTMLElement}
 */
export function newRow(item, by) {
  const row = clone("row");
  rename(row, item.id);
  describe(row, item, by);
  return row;
}

/** The row is this item's. @param {HTMLElement} row @param {number | string} id */
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
 * The server says what an item is, or what has changed of it; a version older than the one known is late and ignored.
 * Who hears of one change that there was another before it, has that still to come.
 * @param {HTMLElement} row
 * @param {Partial<Item> & { version: number, updated_at: string }} item
 * @param {string} [by] who changed it; left out, it is me
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

/** What the server last said, first of all in the page itself. @param {HTMLElement} row @returns {State} */
function stateOf(row) {
  const { version, pieces, threshold } = row.dataset;
  const [name, note, unit] = ["name", "note", "unit"].map((of) => part(row, of).textContent ?? "");
  const first = {
    name, note, unit, updated_at: timeOf(row), threshold: threshold ? Number(threshold) : null,
    amount: Number(pieces), version: Number(version), counted: Number(version),
  };
  return states.get(row) ?? first;
}

/** Shows the row as it is now. @param {HTMLElement} row */
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

/** An item as its row shows it; what a row does not show is left out. @param {HTMLElement} row */
export const shownIn = (row) => withPending(stateOf(row), pendingOf(idOf(row)));

/** Its beginning; no character is cut in half. @param {string} description */
function noteOf(description) {
  const note = description.split("\n")[0].slice(0, NOTE_LENGTH_MAX).replace(/[\ud800-\udbff]$/, "");
  return note.length < description.length ? `${note}…` : note;
}

/** As far as the row knows, what a search looks through. @param {HTMLElement} row */
export function textOf(row) {
  const { name, note, description } = stateOf(row);
  return { text: `${name} ${description ?? note}`, isCut: description === undefined && note.endsWith("…") };
}

/**
 * Tints the row for a moment, and says in it what has happened.
 * @param {HTMLElement | null} row null where the list does not show the item @param {string} [text]
 */
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

/** A new row comes to the top of the list, where one sees it, and not where it belongs. @param {HTMLElement} row */
export function place(row) {
  // The feed may have brought it before the answer did.
  document.getElementById(row.id)?.remove();
  document.querySelector("#list tbody")?.prepend(row);
  row.dataset.loose = "";
  row.scrollIntoView({ block: "nearest" });
  mark(row);
}
