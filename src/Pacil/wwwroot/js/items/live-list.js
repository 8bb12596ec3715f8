// Applies other people's changes to the list of items without a reload. A row that belongs above the visible part of
// the page is not inserted; new-rows-bar.js counts such rows. Without this module the list stays as it was loaded.

import { mountAges } from "../core/ages.js";
import { listen } from "../core/events.js";
import { belongs, isAsked, isSearched, mayHold } from "./filter.js";
import { removeRow } from "../core/focus.js";
import { addNewRow, removeNewRow, mountNewRowsBar } from "./new-rows-bar.js";
import { recent } from "../feed/page-feed.js";
import { placeRow, insertRow, isFull, isTouched, mountRowPlacement } from "./row-placement.js";
import { describe, mark, newRow, rowOf, textOf } from "./rows.js";
import { number, t } from "../core/texts.js";

/** @typedef {import("../feed/feed-types.js").Entry} Entry */
/** @template {Entry["kind"]} Kind @typedef {import("../feed/feed-types.js").EntryOf<Kind>} EntryOf */
/** @typedef {EntryOf<"item_created" | "item_archived" | "item_restored">} WholeEntry contains the whole item */
/** @typedef {EntryOf<"item_changed" | "stock_moved" | "stock_low" | "stock_recovered">} PartEntry */

/** @param {() => Promise<boolean>} reload */
export function mountLiveList(reload) {
  const list = /** @type {HTMLElement | null} */ (document.querySelector("#list[data-items]"));
  if (!list) return;
  listen("feed:entry", (entry) => take(entry, list));
  listen("feed:reset", reload);
  mountRowPlacement();
  mountNewRowsBar(reload);
  mountAges();
  listen("list:shown", () => {
    // The fetched page has its own counts. Recent entries that the list does not include yet replace these counts.
    delete list.dataset.counted;
    for (const entry of recent()) take(entry, list);
  });
  // `head` is the number of the latest entry that the new rows include. Later entries are applied to these rows.
  listen("list:grown", (head) => {
    for (const entry of recent()) if (entry.seq > head) take(entry, list);
  });
}

/** @param {Entry} entry @param {HTMLElement} list */
function take(entry, list) {
  // data-head is the number of the latest entry that the list included when it was read.
  if (entry.workspace !== Number(list.dataset.workspace) || entry.seq <= Number(list.dataset.head)) return;
  // data-counted is the highest number of the applied entries. The counts of an entry with a lower number are outdated.
  const counted = Number(list.dataset.counted ?? 0);
  if (entry.counts && entry.seq > counted) showCounts(entry.counts);
  list.dataset.counted = String(Math.max(counted, entry.seq));
  if (!isWhole(entry) && !isPart(entry)) return;
  const row = rowOf(entry.subject.id);
  if (isWhole(entry) && (entry.kind === "item_archived") !== isAsked("archived")) {
    if (!row) removeNewRow(entry.subject.id);
    else if (Number(row.dataset.version) <= entry.version) removeRow(row);
  } else if (row) updateRow(row, entry);
  else if (isWhole(entry)) showCreated(entry);
  else noteChangeOfHidden(entry);
}

/** @param {Entry} entry @returns {entry is WholeEntry} */
const isWhole = (entry) => /^item_(created|archived|restored)$/.test(entry.kind);

/** @param {Entry} entry @returns {entry is PartEntry} */
const isPart = (entry) => /^item_changed$|^stock_/.test(entry.kind);

/**
 * Applies an entry to a row. Removes a row that no longer passes the filters, unless isTouched() is true: the row has
 * the pointer or the focus, the row's item is open in the dialog, or the user has just created the row.
 * @param {HTMLElement} row @param {WholeEntry | PartEntry} entry
 */
function updateRow(row, entry) {
  if (Number(row.dataset.version) < entry.version) change(row, entry);
  const { id } = entry.subject;
  const text = "name" in entry.data || "description" in entry.data ? textOf(row) : {};
  const isShown = belongs({ id, isLow: row.classList.contains("low"), ...text }) !== false;
  if (isShown) placeRow(row);
  else if (!isTouched(row)) removeRow(row);
}

/** @param {HTMLElement} row @param {WholeEntry | PartEntry} entry */
function change(row, { kind, data, actor, version, at }) {
  if (kind === "stock_moved") {
    const { delta, reason } = data.movement;
    describe(row, { amount: data.amount, version, updated_at: at }, actor.name);
    const verb = reason === "counted" ? "counted" : delta < 0 ? "took" : "received";
    noteInRow(row, t(`js.feed.${verb}`, actor.name, number(Math.abs(delta))), actor.id);
  } else if (kind === "item_changed") {
    describe(row, { ...newValues(data), version, updated_at: at }, actor.name);
    noteInRow(row, t("js.feed.changed", actor.name), actor.id);
  } else if ("id" in data) describe(row, data, actor.name);
}

/** @param {import("../feed/feed-types.js").ItemChanges} changes */
const newValues = (changes) => /** @type {Partial<import("../core/types.js").Item>} */ (
  Object.fromEntries(Object.entries(changes).map(([field, { to }]) => [field, to])));

/** Handles an entry that contains the whole item, if the item has no row. @param {WholeEntry} entry */
function showCreated({ kind, data, actor }) {
  const { id, name, description, amount, threshold } = data;
  const isLow = threshold !== null && amount <= threshold;
  if (!belongs({ id, isLow, text: `${name} ${description}` })) return removeNewRow(id);
  // The browser cannot build the row of an archived item.
  if (kind === "item_archived" || isFull()) return addNewRow(id);
  const row = newRow(data, actor.name);
  if (insertRow(row)) noteInRow(row, t("js.feed.created", actor.name), actor.id);
}

/** Handles an entry that contains only the changed fields of an item without a row. @param {PartEntry} entry */
function noteChangeOfHidden({ kind, subject: { id }, data }) {
  if (isAsked("archived")) return;
  if (isAsked("low") && (kind === "stock_low" || kind === "stock_recovered"))
    return belongs({ id, isLow: kind === "stock_low" }) === false ? removeNewRow(id) : addNewRow(id);
  if (kind !== "item_changed") return;
  const texts = [data.name?.to, data.description?.to].filter((text) => text !== undefined);
  if (isSearched() && texts.length > 0) {
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
