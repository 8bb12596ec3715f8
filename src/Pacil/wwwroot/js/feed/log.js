// The activity log. A new entry becomes a row at the top. In these cases a bar counts the entry instead: a row would
// move the text that the user is reading, there are already PLACED_MAX new rows, the page shows only older entries, or
// the name of the entry's item or room is unknown. Without this module the log stays as it was loaded, and its buttons
// submit forms.

import { clone, part } from "../core/dom.js";
import { hears } from "../core/events.js";
import { recent } from "./page-feed.js";
import { sentence } from "./sentences.js";
import { ofPage } from "../core/page-state.js";
import { number, t } from "../core/texts.js";
import { toastError } from "../core/toast.js";
import { undo } from "../core/undo.js";

const MANAGER = 3;
const EDITOR = 2;

/** @typedef {import("./feed-types.js").Entry} Entry */

/** Names of items and rooms, by the path of their page. */
const names = ofPage(() => /** @type {Map<string, string>} */ (new Map()));
/** After this many new rows, further entries are only counted, because thousands of rows would block the page. */
const PLACED_MAX = 200;

/** @param {ParentNode} root */
export function mountLog(root) {
  const log = /** @type {HTMLElement | null} */ (root.querySelector("[data-log]"));
  if (!log) return;
  for (const row of rowsOf(log)) {
    const { pathname, textContent } = /** @type {HTMLAnchorElement} */ (part(row, "subject"));
    if (pathname && !names().has(pathname)) names().set(pathname, textContent ?? "");
  }
  hears(log, "feed:entry", (entry) => take(entry, log));
  hears(log, "feed:reset", () => location.reload());
  log.addEventListener("click", (event) => click(event));
  for (const entry of recent()) take(entry, log);
}

/** @param {Entry} entry @param {HTMLElement} log */
function take(entry, log) {
  if (entry.workspace !== Number(log.dataset.workspace) || entry.seq <= Number(log.dataset.head)) return;
  if (entry.undoes) showUndone(entry.undoes);
  if (!belongs(entry, log)) return;
  const { past, placed } = log.dataset;
  const isInTheWay = Boolean(past) || Number(placed) === PLACED_MAX || log.getBoundingClientRect().top < 0;
  const row = isInTheWay ? null : newRow(entry, log);
  if (row) place(row, log);
  else showWaiting(log);
}

/** @param {Entry} entry @param {HTMLElement} log */
function belongs({ kind, actor, subject }, log) {
  const asked = log.dataset;
  return (!asked.kind || asked.kind === kind) && (!asked.person || asked.person === String(actor.id))
    && (!asked.item || (subject.type === "item" && asked.item === String(subject.id)));
}

/** @param {Entry} entry @param {HTMLElement} log @returns {HTMLElement | null} */
function newRow(entry, log) {
  const { seq, kind, actor, subject, group, at } = entry;
  const row = clone("entry");
  const button = /** @type {HTMLButtonElement} */ (row.querySelector("button"));
  const address = button.getAttribute("formaction") ?? "";
  const folder = subject.type === "item" ? "items" : subject.type === "room" ? "chat" : null;
  const path = folder ? address.replace("entries//undo", `${folder}/${subject.id}`) : null;
  const said = sentence(entry, names().get(path ?? ""));
  if (!said) return null;
  row.id = `entry-${seq}`;
  row.dataset.seq = String(seq);
  for (const name of /** @type {const} */ (["before", "subject", "after", "detail"]))
    part(row, name).textContent = said[name];
  if (path) part(row, "subject").setAttribute("href", path);
  if (path && said.subject) names().set(path, said.subject);
  part(row, "at").setAttribute("datetime", at);
  part(row, "at").textContent = t("js.now");
  button.setAttribute("formaction", address.replace("entries/", `entries/${seq}`));
  button.textContent = t(group ? "js.undo.all" : "js.undo");
  const needed = String(actor.id) === document.documentElement.dataset.account ? EDITOR : MANAGER;
  button.hidden = !isUndoable(kind) || Number(log.dataset.role) < needed;
  return row;
}

/** @param {string} kind */
export const isUndoable = (kind) => /^item_|^stock_moved$/.test(kind);

/** @param {HTMLElement} row @param {HTMLElement} log */
function place(row, log) {
  const older = rowsOf(log).find((other) => Number(other.dataset.seq) < Number(row.dataset.seq));
  log.insertBefore(row, older ?? null);
  log.dataset.placed = String(Number(log.dataset.placed ?? 0) + 1);
  /** @type {HTMLElement | null} */ (document.querySelector("[data-empty]"))?.remove();
}

/** @param {number} seq */
function showUndone(seq) {
  const row = document.getElementById(`entry-${seq}`);
  if (!row) return;
  part(row, "undone").hidden = false;
  /** @type {HTMLButtonElement} */ (row.querySelector("button")).hidden = true;
}

/** @param {MouseEvent} event */
async function click(event) {
  const button = /** @type {Element} */ (event.target).closest("button");
  if (!button) return;
  event.preventDefault();
  if (button.ariaDisabled === "true") return;
  button.ariaDisabled = "true";
  try {
    await undo(`/api${new URL(button.formAction).pathname}`);
  } catch (error) {
    toastError(error);
  } finally {
    button.ariaDisabled = null;
  }
}

/** @param {HTMLElement} log */
function showWaiting(log) {
  const count = Number(log.dataset.waiting ?? 0) + 1;
  log.dataset.waiting = String(count);
  const bar = /** @type {HTMLElement} */ (document.querySelector("[data-latest]"));
  bar.hidden = false;
  bar.textContent = t("js.feed.new", number(count));
}

/** @param {HTMLElement} log */
const rowsOf = (log) => /** @type {HTMLElement[]} */ ([...log.children]);
