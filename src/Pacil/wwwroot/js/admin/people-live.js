// Keeps the administrators' pages current: fetches the page again after a feed entry, and updates the parts that
// differ. The focus, typed values and rows that more.js has appended remain.

import { AjaxError, latest, page } from "../ajax.js";
import { listen } from "../core/events.js";
import { ofPage } from "../core/page-state.js";
import { mountForms } from "../forms/forms.js";
import { navigateTo } from "../core/navigation.js";

/** All entries within this time cause one refresh. */
const GATHER_MS = 100;
/** The maximum number of rows that the server sends at a time. */
const ROWS_MAX = 200;

const state = ofPage(() => ({ looks: latest(), timer: 0 }));

export function mountPeopleLive() {
  if (!document.querySelector("#admin-log")) return;
  listen("feed:entry", ({ workspace }) => workspace !== null && soon());
  listen("feed:reset", soon);
}

function soon() {
  state().timer ||= window.setTimeout(() => {
    state().timer = 0;
    refresh().catch((error) => {
      // The account that this page shows has been erased.
      if (error instanceof AjaxError && error.status === 404) navigateTo("/admin");
    });
  }, GATHER_MS);
}

export async function refresh() {
  const shown = location.href;
  const address = new URL(shown);
  if (document.querySelector("#list")) address.searchParams.set("limit", `${ROWS_MAX}`);
  const mine = state().looks();
  try {
    const fetched = await page(address.href, mine);
    // The user may have searched meanwhile. The page from before must not replace the result.
    if (location.href === shown) show(fetched);
    else soon();
  } catch (error) {
    if (!mine.aborted) throw error;
  }
}

/** Makes the form's values its default values, so they no longer count as typed. @param {HTMLFormElement} form */
export function settle(form) {
  for (const control of given(form))
    if (control instanceof HTMLInputElement) control.defaultValue = control.value;
    else for (const option of control.options) option.defaultSelected = option.selected;
}

/** @param {Document} fetched */
function show(fetched) {
  for (const part of ["#person-head", "#person-acts", "#admin-log"]) renew(part, fetched);
  for (const form of ["#person-profile", "#registration"]) renewForm(form, fetched);
  const list = document.querySelector("#list tbody");
  if (list) renewRows(list, fetched);
}

/** @param {string} part @param {Document} fetched */
function renew(part, fetched) {
  const mine = document.querySelector(part);
  const theirs = fetched.querySelector(part);
  if (!mine || !theirs) return;
  const focused = mine.contains(document.activeElement) && document.activeElement;
  mine.replaceChildren(...theirs.childNodes);
  mountForms(mine);
  if (focused) [...controls(mine)].find((control) => purpose(control) === purpose(focused))?.focus();
}

/**
 * Replaces a form whose values have changed on the server. If the user has typed, the typed values and the old version
 * remain, and saving reports a conflict. If the values on the server have not changed, the form is not replaced,
 * because the user may be using it.
 * @param {string} part @param {Document} fetched
 */
function renewForm(part, fetched) {
  const mine = /** @type {HTMLFormElement | null} */ (document.querySelector(part));
  const theirs = /** @type {HTMLFormElement | null} */ (fetched.querySelector(part));
  if (!mine || !theirs) return;
  const isOther = String(given(mine).map(origin)) !== String(given(theirs).map(origin));
  if (isOther && given(mine).some(isTyped)) return;
  if (isOther) renew(part, fetched);
  if (theirs.dataset.version) mine.dataset.version = theirs.dataset.version;
}

/** @param {Element} list @param {Document} fetched */
function renewRows(list, fetched) {
  const rows = [...fetched.querySelectorAll("#list tbody tr")];
  const known = new Set(rows.map(({ id }) => id));
  const isAll = !fetched.querySelector("[data-more]");
  // Rows after the last row that both pages contain were appended by more.js, so they remain.
  const end = rows.findLast(({ id }) => document.getElementById(id));
  const last = end && document.getElementById(end.id);
  for (const mine of [...list.children])
    if (!known.has(mine.id) && (isAll || (last && isBefore(mine, last)))) mine.remove();
  let previous = /** @type {Element | null} */ (null);
  for (const row of rows) {
    const mine = document.getElementById(row.id) ?? row;
    const place = previous ? previous.nextElementSibling : list.firstElementChild;
    if (place !== mine) list.insertBefore(mine, place);
    if (!mine.isEqualNode(row)) renewRow(mine, row);
    previous = mine;
  }
  if (previous && !previous.nextElementSibling) renewEnd(fetched);
}

/** @param {Element} mine @param {Element} row */
function renewRow(mine, row) {
  const isFocused = mine.contains(document.activeElement);
  mine.replaceChildren(...row.childNodes);
  if (isFocused) mine.querySelector("a")?.focus();
}

/** @param {Document} fetched */
function renewEnd(fetched) {
  for (const part of ["#list .empty", "#list .more"]) {
    const theirs = fetched.querySelector(part);
    const mine = document.querySelector(part);
    if (!theirs) mine?.remove();
    else if (!mine) document.querySelector("#list")?.append(theirs);
  }
}

/** @param {Element} one @param {Element} other */
const isBefore = (one, other) => Boolean(one.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING);

/** @typedef {HTMLInputElement | HTMLSelectElement} Control */

/** @param {HTMLFormElement} form @returns {Control[]} */
const given = (form) => [...form.querySelectorAll(/** @type {"input"} */ ("input:not([type=hidden]), select"))];

/** @param {Control} control */
const origin = (control) =>
  control instanceof HTMLSelectElement
    ? [...control.options].find(({ defaultSelected }) => defaultSelected)?.value
    : control.defaultValue;

/** @param {Control} control */
const isTyped = (control) => control.value !== origin(control);

/** @param {Element} place @returns {NodeListOf<HTMLElement>} */
const controls = (place) => place.querySelectorAll("button, a, input, select");

/** Identifies the same control in two versions of the page. @param {Element} control */
const purpose = (control) =>
  [control.closest("form")?.dataset.act, control.getAttribute("name"), control.getAttribute("href")].join();
