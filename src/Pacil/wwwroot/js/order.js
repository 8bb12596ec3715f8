// The order of the rows of the table of items, as the server sorts them.

import { part } from "./dom.js";
import { idOf, timeOf } from "./rows.js";

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
    : by === "updated" ? timeOf(row).localeCompare(timeOf(other))
    : Number(idOf(row)) - Number(idOf(other));
  return sort.startsWith("-") ? order > 0 : order < 0;
}
