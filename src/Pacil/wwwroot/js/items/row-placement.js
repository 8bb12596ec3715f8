// Puts rows at their sorted position, unless that position is above the visible part of the page or isTouched() is true
// for the row. After INSERTED_MAX rows, further rows are only counted, because thousands would block the page.

import { dialog } from "../core/dom.js";
import { listen } from "../core/events.js";
import { ofPage } from "../core/page-state.js";
import { markDisordered, addNewRow, removeNewRow, isDisordered } from "./new-rows-bar.js";
import { what } from "./open-item-dialog.js";
import { isBefore, sortValues } from "./row-order.js";
import { idOf } from "./rows.js";

const INSERTED_MAX = 200;

/**
 * `atTop` is whether the heading is visible, that is, no row is above the visible part. Measured at most one time in an
 * animation frame, because measuring is slow.
 */
const state = ofPage(() => ({ inserted: 0, atTop: /** @type {boolean | undefined} */ (undefined) }));

const list = () => /** @type {HTMLElement} */ (document.querySelector("#list"));

export function mountRowPlacement() {
  listen("list:shown", () => (state().inserted = 0));
}

/**
 * Whether the row must stay: the row has the pointer or the focus, the row's item is open in the dialog, or the user
 * has just created the row.
 * @param {HTMLElement} row
 */
export const isTouched = (row) =>
  row.matches(":hover, :focus-within, [data-loose]") || (dialog("sheet").open && what().item === idOf(row));

export const isFull = () => state().inserted === INSERTED_MAX;

/** @param {HTMLElement} row @returns {boolean} */
export function insertRow(row) {
  const next = nextOf(row);
  // The row belongs on a later page, which is not loaded yet.
  if (!next && hasMore()) return false;
  if (isAbove(next)) {
    addNewRow(idOf(row));
    return false;
  }
  list().querySelector("tbody")?.insertBefore(row, next);
  state().inserted++;
  removeNewRow(idOf(row));
  return true;
}

/** Moves a changed row to its sorted position or marks the list as disordered. @param {HTMLElement} row */
export function placeRow(row) {
  if (isLoose(row) || isInPlace(row) || (isDisordered() && !isAtTop())) return;
  const next = nextOf(row);
  if (isTouched(row) || (!next && hasMore()) || isAbove(next)) markDisordered();
  else list().querySelector("tbody")?.insertBefore(row, next);
}

/** Whether the user has just created the row; see place() in rows.js. @param {HTMLElement} row */
const isLoose = (row) => "loose" in row.dataset;

/** @param {HTMLElement} row @param {HTMLElement} other */
const comesBefore = (row, other) => isBefore(sortValues(row), sortValues(other), list().dataset.sort ?? "");

/** @param {HTMLElement} row */
function isInPlace(row) {
  const [before, after] = /** @type {HTMLElement[]} */ ([row.previousElementSibling, row.nextElementSibling]);
  return (!before || isLoose(before) || comesBefore(before, row)) && (!after || comesBefore(row, after));
}

/** @param {HTMLElement} row */
function nextOf(row) {
  const rows = /** @type {HTMLElement[]} */ ([...list().querySelectorAll("tbody tr:not([data-loose])")])
    .filter((other) => other !== row);
  return rows[rows.findLastIndex((other) => comesBefore(other, row)) + 1] ?? null;
}

const hasMore = () => list().querySelector("[data-more]") !== null;

function isAtTop() {
  const measured = state();
  if (measured.atTop === undefined) {
    measured.atTop = /** @type {Element} */ (document.querySelector("h1")).getBoundingClientRect().bottom > 0;
    requestAnimationFrame(() => (measured.atTop = undefined));
  }
  return measured.atTop;
}

/** @param {HTMLElement | null} next */
function isAbove(next) {
  const edge = next ?? list().querySelector("tbody tr:last-child");
  return !isAtTop() && edge !== null && edge.getBoundingClientRect().top < 0;
}
