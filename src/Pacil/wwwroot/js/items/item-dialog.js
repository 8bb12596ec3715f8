// The dialog of an item. Its URL is that of the item's page, which offers the same actions without JavaScript.

import { get } from "../ajax.js";
import { compare } from "../forms/conflict.js";
import { as, item } from "../ajax/shapes.js";
import { dialog, part } from "../core/dom.js";
import { listen } from "../core/events.js";
import { applyEntry, mountItemForms } from "./edit.js";
import { leave, openItemDialog, what } from "./open-item-dialog.js";
import { deliver } from "../outbox/outbox.js";
import { rowOf } from "./rows.js";
import { t } from "../core/texts.js";
import { toast, toastError } from "../core/toast.js";
import { done } from "../core/undo.js";

export function mountItemDialog() {
  if (!dialog("sheet")) return;
  const sheet = dialog("sheet");
  const edit = /** @type {HTMLFormElement} */ (sheet.querySelector("[data-edit]"));
  const movement = /** @type {HTMLFormElement} */ (sheet.querySelector("[data-movement]"));
  mountItemForms(edit, movement, what, () => sheet.close());
  addEventListener("popstate", () => {
    const row = history.state?.item && rowOf(history.state.item);
    if (row) openItemDialog(row, what().items, false);
    else if (history.state?.item) location.reload();
    else sheet.close();
  });
  sheet.addEventListener("close", leave);
  listen("feed:entry", (entry) => sheet.open && changed(entry, edit));
  listen("feed:reset", () => {
    if (sheet.open) get(edit.dataset.api ?? "").then((answer) => compare(edit, as(item, answer)), () => sheet.close());
  });
  sheet.querySelector("[data-archive]")?.addEventListener("click", () => archive().catch(toastError));
}

/** @param {import("../feed/feed-types.js").Entry} entry @param {HTMLFormElement} edit */
function changed(entry, edit) {
  if (!applyEntry(edit, entry)) return;
  if (entry.kind === "item_changed" && entry.data.name) part(dialog("sheet"), "title").textContent = entry.data.name.to;
  if (entry.kind === "item_archived") toast(t("js.feed.archived", entry.actor.name));
}

async function archive() {
  const item = what();
  const archived = await deliver({ ...item, kind: "archive" });
  dialog("sheet").close();
  if (archived && "message" in archived) done(archived.message, item.items, archived);
}
