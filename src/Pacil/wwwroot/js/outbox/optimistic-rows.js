// Shows pending operations in the list of items: new amounts and names, rows of new items, archived items hidden.

import { detail } from "../core/dom.js";
import { isAsked } from "../items/filter.js";
import { list } from "./outbox.js";
import { describe, draw, idOf, newRow, place, rename, rowOf } from "../items/rows.js";

const FRESH = { id: 0, name: "", description: "", amount: 0, unit: "", threshold: null, version: 0 };

export function mountOptimisticRows() {
  if (!document.querySelector("#list")) return;
  document.addEventListener("outbox:changed", show);
  for (const name of ["list:shown", "list:grown"]) document.addEventListener(name, show);
  document.addEventListener("outbox:done", (event) => settle(detail(event)));
}

function show() {
  const items = /** @type {HTMLElement} */ (document.querySelector("#list")).dataset.items;
  const mine = list().filter((one) => one.items === items && !one.problem);
  for (const row of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("tbody tr.pending"))) {
    const isNeeded = !idOf(row).startsWith("~") || mine.some(({ key }) => idOf(row) === `~${key}`);
    if (isNeeded) draw(row);
    else row.remove();
  }
  for (const { kind, key, item } of mine) {
    const row = rowOf(kind === "create" ? `~${key}` : item);
    if (row) draw(row);
    else if (kind === "create" && !isAsked("archived")) appear(key);
  }
}

/** @param {string} key */
function appear(key) {
  const now = new Date().toISOString();
  place(newRow(/** @type {any} */ ({ ...FRESH, id: `~${key}`, created_at: now, updated_at: now })));
}

/**
 * Applies the server's response. If a feed entry confirmed the operation, `answer` has only the item's id and version.
 * @param {{ operation: import("./outbox-operations.js").Operation, answer: any }} done
 */
function settle({ operation: { kind, key, item }, answer }) {
  const row = rowOf(kind === "create" ? `~${key}` : item);
  if (!row || !answer) return;
  if (kind === "create" && rowOf(answer.id)) return row.remove();
  if (kind === "create") rename(row, answer.id);
  if (kind === "archive" || kind === "restore") row.remove();
  else if (kind !== "move" && answer.updated_at) describe(row, answer);
  else if (answer.at) describe(row, { amount: answer.amount, version: answer.version, updated_at: answer.at });
}
