// Keeps the list as it is: rows appear, change and leave as others work, without a reload and without moving what
// one looks at. What would jump in above waits behind a bar that says how many. Without this module, or without a
// connection, the page shows what it showed when it was loaded.

import { mountAges } from "./ages.js";
import { detail } from "./dom.js";
import { query } from "./list.js";
import { isBefore } from "./order.js";
import { recent } from "./page-feed.js";
import { showCounts, describe, mark, newRow, rowOf } from "./rows.js";
import { number, t } from "./texts.js";

/** @typedef {import("./types.js").Entry} Entry */

/** So many rows come in by themselves; of more one is told, so that ten thousand do not make the page stutter. */
const PLACED_MAX = 200;

let waiting = 0;
let placed = 0;
/** The head of the page is in view, so no row is above it; to measure that for each of thousands would take long. */
let isAtTop = false;
/** The entry whose counts are shown: an answer may come before what the feed brings. */
let counted = 0;

/** @param {() => void} reload shows the list anew */
export function mountLive(reload) {
  const list = /** @type {HTMLElement | null} */ (document.querySelector("#list[data-items]"));
  if (!list) return;
  document.addEventListener("feed:entry", (event) => take(detail(event), list));
  document.addEventListener("feed:reset", () => {
    counted = 0;
    reload();
  });
  mountAges();
  const head = /** @type {Element} */ (document.querySelector("h1"));
  new IntersectionObserver((seen) => (isAtTop = seen.at(-1)?.isIntersecting ?? false)).observe(head);
  document.addEventListener("click", (event) => {
    if (/** @type {Element} */ (event.target).closest("[data-news]")) reload();
  });
  document.addEventListener("list:shown", () => {
    placed = 0;
    showNews(0);
    for (const entry of recent) take(entry, list);
  });
  // The rows that have come were read at that place.
  document.addEventListener("list:grown", (event) => {
    for (const entry of recent) if (entry.seq > detail(event)) take(entry, list);
  });
  document.addEventListener("list:more", () => showNews(waiting + 1));
}

/** @param {Entry} entry @param {HTMLElement} list */
function take(entry, list) {
  // What the list was read with, it shows already.
  if (entry.workspace !== Number(list.dataset.workspace) || entry.seq <= Number(list.dataset.head)) return;
  if (entry.counts && entry.seq > counted) showCounts(entry.counts);
  counted = Math.max(counted, entry.seq);
  if (entry.subject.type !== "item") return;
  const row = rowOf(entry.subject.id);
  const isArchive = query().includes("archived=");
  if (entry.kind === "item_created" || entry.kind === "item_restored") {
    if (isArchive) row?.remove();
    else if (!row) appear(entry, list);
    else describe(row, entry.data, entry.actor.name);
  } else if (entry.kind === "item_archived") {
    if (isArchive && !row) showNews(waiting + 1);
    else if (!isArchive) row?.remove();
  } else if (row && Number(row.dataset.version) < entry.version) change(row, entry);
  else if (entry.kind === "stock_low" && query().includes("low=") && !row) showNews(waiting + 1);
}

/** @param {HTMLElement} row @param {Entry} entry */
function change(row, entry) {
  const { kind, data, actor, version, at } = entry;
  if (kind === "stock_moved") {
    const { delta, reason } = data.movement;
    describe(row, { amount: data.amount, version, updated_at: at }, actor.name);
    const verb = reason === "counted" ? "counted" : delta < 0 ? "took" : "received";
    tell(row, t(`js.feed.${verb}`, actor.name, number(Math.abs(delta))), actor.id);
  } else if (kind === "item_changed") {
    describe(row, { ...newValues(data), version, updated_at: at }, actor.name);
    tell(row, t("js.feed.changed", actor.name), actor.id);
  }
}

/** @param {Record<string, { from: any, to: any }>} changes */
const newValues = (changes) => Object.fromEntries(Object.entries(changes).map(([field, { to }]) => [field, to]));

/**
 * A new row goes where it belongs, if that is not above what one looks at; a list that is filtered cannot know.
 * @param {Entry} entry @param {HTMLElement} list
 */
function appear(entry, list) {
  if (/[?&](search|low|starred)=/.test(query())) return;
  if (placed === PLACED_MAX) return showNews(waiting + 1);
  const row = newRow(entry.data, entry.actor.name);
  const body = /** @type {HTMLElement} */ (list.querySelector("tbody"));
  const rows = /** @type {HTMLElement[]} */ ([...body.children]);
  const next = rows.find((other) => isBefore(row, other, list.dataset.sort ?? ""));
  if (!next && list.querySelector("[data-more]")) return;
  const edge = next ?? rows.at(-1);
  if (!isAtTop && edge && edge.getBoundingClientRect().top < 0) return showNews(waiting + 1);
  body.insertBefore(row, next ?? null);
  placed++;
  /** @type {HTMLElement} */ (list.querySelector("[data-empty]")).hidden = true;
  tell(row, t("js.feed.created", entry.actor.name), entry.actor.id);
}

/**
 * Says in the row, for a moment, who did what; to oneself one need not.
 * @param {HTMLElement} row @param {string} text @param {number | null} actor
 */
function tell(row, text, actor) {
  mark(row, String(actor) === document.documentElement.dataset.account ? "" : text);
}

/** @param {number} count */
function showNews(count) {
  waiting = count;
  const bar = /** @type {HTMLElement} */ (document.querySelector("[data-news]"));
  bar.hidden = count === 0;
  bar.textContent = t("js.feed.new", number(count));
}
