// Applies other people's changes to the list of items without a reload. A row that belongs above the visible part of
// the page is not inserted; new-rows-bar.js counts such rows. Without this module the list stays as it was loaded.

import { mountAges } from "../core/ages.js";
import { detail } from "../core/dom.js";
import { belongs, isAsked, mayHold } from "./filter.js";
import { removeRow } from "../core/focus.js";
import { addNewRow, removeNewRow, mountNewRowsBar } from "./new-rows-bar.js";
import { recent } from "../feed/page-feed.js";
import { placeRow, insertRow, isFull, isTouched, mountRowPlacement } from "./row-placement.js";
import { describe, mark, newRow, rowOf, textOf } from "./rows.js";
import { number, t } from "../core/texts.js";

/** @typedef {import("../core/types.js").Entry} Entry */

/** The highest sequence number of the applied entries. The counts of an entry with a lower number are outdated. */
let counted = 0;

/** @param {() => Promise<boolean>} reload */
export function mountLiveList(reload) {
  const list = /** @type {HTMLElement | null} */ (document.querySelector("#list[data-items]"));
  if (!list) return;
  document.addEventListener("feed:entry", (event) => take(detail(event), list));
  document.addEventListener("feed:reset", reload);
  mountRowPlacement(list);
  mountNewRowsBar(reload);
  mountAges();
  document.addEventListener("list:shown", () => {
    // The fetched page has its own counts. Recent entries that the list does not include yet replace these counts.
    counted = 0;
    for (const entry of recent) take(entry, list);
  });
  // event.detail is the number of the latest entry that the new rows include. Later entries are applied to these rows.
  document.addEventListener("list:grown", (event) => {
    for (const entry of recent) if (entry.seq > detail(event)) take(entry, list);
  });
}

/** @param {Entry} entry @param {HTMLElement} list */
function take(entry, list) {
  // data-head is the number of the latest entry that the list included when it was read.
  if (entry.workspace !== Number(list.dataset.workspace) || entry.seq <= Number(list.dataset.head)) return;
  if (entry.counts && entry.seq > counted) showCounts(entry.counts);
  counted = Math.max(counted, entry.seq);
  if (entry.subject.type !== "item") return;
  const row = rowOf(entry.subject.id);
  const isWhole = /^item_(created|archived|restored)$/.test(entry.kind);
  if (isWhole && (entry.kind === "item_archived") !== isAsked("archived")) {
    if (!row) removeNewRow(entry.subject.id);
    else if (Number(row.dataset.version) <= entry.version) removeRow(row);
  } else if (row) updateRow(row, entry);
  else if (isWhole) showCreated(entry);
  else noteChangeOfHidden(entry);
}

/**
 * Applies an entry to a row. Removes a row that no longer passes the filters, unless isTouched() is true: the row has
 * the pointer or the focus, the row's item is open in the dialog, or the user has just created the row.
 * @param {HTMLElement} row @param {Entry} entry
 */
function updateRow(row, entry) {
  if (Number(row.dataset.version) < entry.version) change(row, entry);
  const { id } = entry.subject;
  const text = entry.data.name || entry.data.description ? textOf(row) : {};
  const isShown = belongs({ id, isLow: row.classList.contains("low"), ...text }) !== false;
  if (isShown) placeRow(row);
  else if (!isTouched(row)) removeRow(row);
}

/** @param {HTMLElement} row @param {Entry} entry */
function change(row, entry) {
  const { kind, data, actor, version, at } = entry;
  if (kind === "stock_moved") {
    const { delta, reason } = data.movement;
    describe(row, { amount: data.amount, version, updated_at: at }, actor.name);
    const verb = reason === "counted" ? "counted" : delta < 0 ? "took" : "received";
    noteInRow(row, t(`js.feed.${verb}`, actor.name, number(Math.abs(delta))), actor.id);
  } else if (kind === "item_changed") {
    describe(row, { ...newValues(data), version, updated_at: at }, actor.name);
    noteInRow(row, t("js.feed.changed", actor.name), actor.id);
  } else if (data.id) describe(row, data, actor.name);
}

/** @param {Record<string, { from: any, to: any }>} changes */
const newValues = (changes) => Object.fromEntries(Object.entries(changes).map(([field, { to }]) => [field, to]));

/** Handles an entry that contains the whole item, if the item has no row. @param {Entry} entry */
function showCreated({ kind, data, actor }) {
  const { id, name, description, amount, threshold } = data;
  const isLow = threshold !== null && amount <= threshold;
  if (!belongs({ id, isLow, text: `${name} ${description}` })) return removeNewRow(id);
  // The browser cannot build the row of an archived item.
  if (kind === "item_archived" || isFull()) return addNewRow(id);
  const row = newRow(data, actor.name);
  if (insertRow(row)) noteInRow(row, t("js.feed.created", actor.name), actor.id);
}

/** Handles an entry that contains only the changed fields of an item without a row. @param {Entry} entry */
function noteChangeOfHidden({ kind, subject: { id }, data }) {
  if (isAsked("archived")) return;
  const isLow = { stock_low: true, stock_recovered: false }[kind];
  const texts = [data.name?.to, data.description?.to].filter((text) => text !== undefined);
  if (isAsked("low") && isLow !== undefined) return belongs({ id, isLow }) === false ? removeNewRow(id) : addNewRow(id);
  if (isAsked("search") && texts.length > 0) {
    if (mayHold(texts.join(" ")) && belongs({ id }) !== false) addNewRow(id);
    else removeNewRow(id);
  }
}

/** @param {HTMLElement} row @param {string} text @param {number | null} actor */
function noteInRow(row, text, actor) {
  mark(row, String(actor) === document.documentElement.dataset.account ? "" : text);
}

/** @param {{ items: number, pieces: number, low: number }} counts */
function showCounts({ items, pieces, low }) {
  const place = document.querySelector("[data-counts]");
  if (place) place.textContent = t("js.feed.counts", number(items), number(pieces), number(low));
  const chip = document.querySelector("[data-count-low]");
  if (chip) chip.textContent = low > 0 ? ` · ${number(low)}` : "";
}
