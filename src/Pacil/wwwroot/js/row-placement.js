// Where rows go in the list: where they belong, unless that is above what one looks at, or one is at the row. So many
// rows come in by themselves; of more one is told, so that ten thousand do not make the page stutter.

import { dialog } from "./dom.js";
import { markDisordered, addNewRow, removeNewRow, isDisordered } from "./new-rows-bar.js";
import { what } from "./open-item-dialog.js";
import { isBefore, sortValues } from "./row-order.js";
import { idOf } from "./rows.js";

const INSERTED_MAX = 200;

let inserted = 0;
/**
 * The head of the page is in view, so no row is above what one looks at. Measured once a frame, as to do it for each of
 * thousands would take long.
 * @type {boolean | undefined}
 */
let atTop;
/** @type {HTMLElement} */
let list;

/** @param {HTMLElement} shown */
export function mountRowPlacement(shown) {
  list = shown;
  document.addEventListener("list:shown", () => (inserted = 0));
}

/** Whether one is at this row, or has just made it, so that it stays as it is. @param {HTMLElement} row */
export const isTouched = (row) =>
  row.matches(":hover, :focus-within, [data-loose]") || (dialog("sheet").open && what.item === idOf(row));

export const isFull = () => inserted === INSERTED_MAX;

/** A new row comes in, or waits. @param {HTMLElement} row @returns {boolean} whether it has */
export function insertRow(row) {
  const next = nextOf(row);
  // It comes with what is below.
  if (!next && hasMore()) return false;
  if (isAbove(next)) {
    addNewRow(idOf(row));
    return false;
  }
  list.querySelector("tbody")?.insertBefore(row, next);
  inserted++;
  removeNewRow(idOf(row));
  return true;
}

/** A row that has changed goes where it belongs by now, or the bar says so. @param {HTMLElement} row */
export function placeRow(row) {
  if (isLoose(row) || isInPlace(row) || (isDisordered && !isAtTop())) return;
  const next = nextOf(row);
  if (isTouched(row) || (!next && hasMore()) || isAbove(next)) markDisordered();
  else list.querySelector("tbody")?.insertBefore(row, next);
}

/** One's own, that has come in at the top; see rows.js. @param {HTMLElement} row */
const isLoose = (row) => "loose" in row.dataset;

/** @param {HTMLElement} row @param {HTMLElement} other */
const comesBefore = (row, other) => isBefore(sortValues(row), sortValues(other), list.dataset.sort ?? "");

/** @param {HTMLElement} row */
function isInPlace(row) {
  const [before, after] = /** @type {HTMLElement[]} */ ([row.previousElementSibling, row.nextElementSibling]);
  return (!before || isLoose(before) || comesBefore(before, row)) && (!after || comesBefore(row, after));
}

/** The row before which it belongs; null at the end. @param {HTMLElement} row */
function nextOf(row) {
  const rows = /** @type {HTMLElement[]} */ ([...list.querySelectorAll("tbody tr:not([data-loose])")])
    .filter((other) => other !== row);
  return rows[rows.findLastIndex((other) => comesBefore(other, row)) + 1] ?? null;
}

const hasMore = () => list.querySelector("[data-more]") !== null;

function isAtTop() {
  if (atTop === undefined) {
    atTop = /** @type {Element} */ (document.querySelector("h1")).getBoundingClientRect().bottom > 0;
    requestAnimationFrame(() => (atTop = undefined));
  }
  return atTop;
}

/** @param {HTMLElement | null} next */
function isAbove(next) {
  const edge = next ?? list.querySelector("tbody tr:last-child");
  return !isAtTop() && edge !== null && edge.getBoundingClientRect().top < 0;
}
