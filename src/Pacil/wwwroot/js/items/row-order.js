// Compares rows by the same rules as the server.

import { part } from "../core/dom.js";
import { ofPage } from "../core/page-state.js";
import { isLess, keyOf } from "../core/text-folding.js";
import { idOf, timeOf } from "./rows.js";

/** @typedef {{ id: number, name: string, amount?: number, updated?: string }} Placed */

/** Cache of sort keys by name, because sorting compares each name many times. */
const keys = ofPage(() => /** @type {Map<string, string>} */ (new Map()));

/** @param {HTMLElement} row @returns {Placed} */
export const sortValues = (row) => ({
  id: Number(idOf(row)), name: part(row, "name").textContent ?? "",
  amount: Number(row.dataset.pieces), updated: timeOf(row),
});

/** @param {Placed} one @param {Placed} other @param {string} sort name, amount or updated; "-name" descends */
export function isBefore(one, other, sort) {
  const [a, b] = [valueOf(one, sort), valueOf(other, sort)];
  if (a === b) return sort.startsWith("-") ? one.id > other.id : one.id < other.id;
  const isFirst = typeof a === "string" && typeof b === "string" ? isLess(a, b) : a < b;
  return sort.startsWith("-") ? !isFirst : isFirst;
}

/** @param {Placed} item @param {string} sort */
function valueOf({ name, amount = 0, updated = "" }, sort) {
  const by = sort.replace("-", "");
  return by === "name" ? nameKey(name) : by === "amount" ? amount : by === "updated" ? Date.parse(updated) : 0;
}

/** @param {string} name */
function nameKey(name) {
  const key = keys().get(name) ?? keyOf(name);
  keys().set(name, key);
  return key;
}
