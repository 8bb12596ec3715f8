// Shows pending operations in the list of items: new amounts and names, rows of new items, archived items hidden.

import { listen } from "../core/events.js";
import { isAsked } from "../items/filter.js";
import { list } from "./outbox.js";
import { describe, draw, idOf, newRow, place, rename, rowOf } from "../items/rows.js";

const FRESH = { name: "", description: "", amount: 0, unit: "", threshold: null, version: 0 };

export function mountOptimisticRows() {
  if (!document.querySelector("#list")) return;
  for (const name of /** @type {const} */ (["outbox:changed", "list:shown", "list:grown"])) listen(name, show);
  listen("outbox:done", settle);
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
  place(newRow({ ...FRESH, id: `~${key}`, updated_at: new Date().toISOString() }));
}

/** Applies the server's response. @param {import("../core/events.js").Events["outbox:done"]} done */
function settle({ operation: { kind, key, item }, answer }) {
  const row = rowOf(kind === "create" ? `~${key}` : item);
  if (!row || !answer) return;
  if (kind === "create" && rowOf(answer.id)) return row.remove();
  if (kind === "create") rename(row, answer.id);
  if (kind === "archive" || kind === "restore") row.remove();
  else if ("updated_at" in answer) describe(row, answer);
  else if ("at" in answer) describe(row, { amount: answer.amount, version: answer.version, updated_at: answer.at });
}
