// Keeps the page of an item current, except for fields that the user is editing. Without this module the page stays as
// it was loaded, and the server reports a conflict if another person has changed the same field.

import { get } from "../ajax.js";
import { compare } from "../forms/conflict.js";
import { as, item as itemShape } from "../ajax/shapes.js";
import { part } from "../core/dom.js";
import { hears } from "../core/events.js";
import { applyEntry, mountItemForms } from "./edit.js";
import { clear } from "../forms/forms.js";
import { recent } from "../feed/page-feed.js";
import { number, t } from "../core/texts.js";
import { toast } from "../core/toast.js";
import { changedValues } from "../forms/draft-values.js";

/** @param {ParentNode} root */
export function mountItemPage(root) {
  const title = /** @type {HTMLElement | null} */ (root.querySelector("h1[data-item]"));
  if (title) {
    hears(title, "feed:entry", (entry) => rename(entry, title));
    // The user may have reloaded the page while the item's dialog was open. "Back" then leads to the list, which this
    // page does not contain.
    const { pathname } = location;
    addEventListener("popstate", () => location.pathname === pathname || location.reload());
  }
  const form = /** @type {HTMLFormElement | null} */ (root.querySelector("form[data-item]"));
  if (!form) return;
  hears(form, "feed:entry", (entry) => take(entry, form));
  hears(form, "feed:reset", () => (changedValues(form) ? readAgain(form) : location.reload()));
  for (const entry of recent()) take(entry, form);
  const { item = "", api = "" } = form.dataset;
  const movement = /** @type {HTMLFormElement | null} */ (root.querySelector("[data-movement]"));
  const name = () => document.querySelector("h1[data-item]")?.textContent ?? "";
  const what = () => ({ items: api.slice(0, -item.length - 1), item, name: name() });
  mountItemForms(form, movement, what, (sent) => sent === movement && clear(movement));
}

/** Fetches the item without a page load, which would lose what the user has typed. @param {HTMLFormElement} form */
async function readAgain(form) {
  compare(form, as(itemShape, await get(form.dataset.api ?? "")));
}

/** @param {import("../feed/feed-types.js").Entry} entry @param {HTMLElement} title */
function rename({ subject, kind, data }, title) {
  if (kind === "item_changed" && String(subject.id) === title.dataset.item && data.name)
    title.textContent = data.name.to;
}

/** @param {import("../feed/feed-types.js").Entry} entry @param {HTMLFormElement} form */
function take(entry, form) {
  if (!applyEntry(form, entry)) return;
  const { kind, data } = entry;
  if (kind === "item_archived" || kind === "item_restored") {
    // The page of an archived item has other forms, so the page must be loaded again.
    if (!changedValues(form)) location.reload();
    else if (kind === "item_archived") toast(t("js.feed.archived", entry.actor.name));
    return;
  }
  const stock = /** @type {HTMLElement} */ (document.querySelector(".stock"));
  if (kind === "item_changed" && data.unit) part(stock, "unit").textContent = data.unit.to;
  if (kind === "stock_moved") part(stock, "amount").textContent = number(data.amount);
  const [amount, threshold] = ["amount", "threshold"].map((name) => {
    const control = /** @type {HTMLInputElement} */ (form.elements.namedItem(name));
    return control.dataset.seen ?? "";
  });
  const isLow = threshold !== "" && Number(amount) <= Number(threshold);
  stock.classList.toggle("low", isLow);
  /** @type {HTMLElement} */ (stock.querySelector(".warning")).hidden = !isLow;
}
