// The rows of the table of items: made from the page's own <template id="row">, changed in place.

import { number, t } from "./texts.js";

const MARKED_MS = 4_000;

/** @returns {HTMLElement | null} @param {number} id */
export const rowOf = (id) => document.getElementById(`item-${id}`);

/**
 * @param {import("./types.js").Item} item
 * @param {string} [by] who made it; left out, it is me
 * @returns {HTMLElement}
 */
export function newRow(item, by) {
  const template = /** @type {HTMLTemplateElement} */ (document.querySelector("#row"));
  const row = /** @type {HTMLElement} */ (
    /** @type {DocumentFragment} */ (template.content.cloneNode(true)).firstElementChild
  );
  row.id = `item-${item.id}`;
  part(row, "name").setAttribute("href", part(row, "name").getAttribute("href") + String(item.id));
  for (const button of row.querySelectorAll("button")) button.value = item.id + button.value;
  describe(row, item, by);
  return row;
}

/**
 * Shows an item, or what has changed of it, in its row; a version older than the one shown is late and ignored.
 * @param {HTMLElement} row
 * @param {Partial<import("./types.js").Item> & { amount: number, version: number, updated_at: string }} item
 * @param {string} [by] who changed it; left out, it is me
 */
export function describe(row, item, by) {
  if (Number(row.dataset.version) > item.version) return;
  if (item.name !== undefined) part(row, "name").textContent = item.name;
  if (item.description !== undefined) part(row, "note").textContent = item.description.split("\n")[0].slice(0, 80);
  if (item.unit !== undefined) part(row, "unit").textContent = item.unit;
  if (item.threshold !== undefined) row.dataset.threshold = String(item.threshold ?? "");
  count(row, item.amount, item.version, item.updated_at, by);
}

/**
 * Shows a new amount.
 * @param {HTMLElement} row @param {number} amount @param {number} version @param {string} at
 * @param {string} [by] the name of who changed it; left out, it is me
 */
export function count(row, amount, version, at, by = document.documentElement.dataset.me ?? "") {
  if (Number(row.dataset.version) > version) return;
  row.dataset.version = String(version);
  row.dataset.pieces = String(amount);
  part(row, "amount").textContent = number(amount);
  const threshold = row.dataset.threshold;
  const isLow = threshold !== undefined && threshold !== "" && amount <= Number(threshold);
  row.classList.toggle("low", isLow);
  const time = part(row, "updated");
  time.setAttribute("datetime", at);
  time.textContent = t("js.now");
  part(row, "by").textContent = `, ${by}`;
}

/** Tints the row for a moment, and says in it what has happened. @param {HTMLElement} row @param {string} [text] */
export function mark(row, text = "") {
  part(row, "told").textContent = text;
  row.classList.add("changed-now");
  clearTimeout(Number(row.dataset.timer));
  row.dataset.timer = String(setTimeout(() => {
    row.classList.remove("changed-now");
    part(row, "told").textContent = "";
  }, MARKED_MS));
}

const names = new Intl.Collator(document.documentElement.lang, { sensitivity: "base", numeric: false });

/**
 * Whether a row comes before another in that order.
 * @param {HTMLElement} row @param {HTMLElement} other
 * @param {string} sort name, amount or updated, with "-" for descending
 */
export function isBefore(row, other, sort) {
  const by = sort.replace("-", "");
  const order =
    by === "name" ? names.compare(part(row, by).textContent ?? "", part(other, by).textContent ?? "")
    : by === "amount" ? Number(row.dataset.pieces) - Number(other.dataset.pieces)
    : by === "updated" ? time(row).localeCompare(time(other))
    : Number(row.id.slice(5)) - Number(other.id.slice(5));
  return sort.startsWith("-") ? order > 0 : order < 0;
}

/** @param {HTMLElement} row */
const time = (row) => part(row, "updated").getAttribute("datetime") ?? "";

/** What the workspace holds. @param {{ items: number, pieces: number, low: number }} counts */
export function showCounts({ items, pieces, low }) {
  const place = document.querySelector("[data-counts]");
  if (place) place.textContent = t("js.feed.counts", number(items), number(pieces), number(low));
}

/** A new row comes to the top of the list, where one sees it. @param {HTMLElement} row */
export function place(row) {
  // The feed may have brought it before the answer did.
  document.getElementById(row.id)?.remove();
  document.querySelector("#list tbody")?.prepend(row);
  /** @type {HTMLElement} */ (document.querySelector("[data-empty]")).hidden = true;
  row.scrollIntoView({ block: "nearest" });
  mark(row);
}

/** Shows what a movement has led to. @param {import("./types.js").Movement} movement */
export function moved(movement) {
  const row = rowOf(movement.item);
  if (!row) return;
  count(row, movement.amount, movement.version, movement.at);
  mark(row);
}

/** @param {HTMLElement} row @param {string} name @returns {HTMLElement} */
function part(row, name) {
  return /** @type {HTMLElement} */ (row.querySelector(`[data-${name}]`));
}
