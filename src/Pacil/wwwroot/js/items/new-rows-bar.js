// The bar above the list counts rows that are not shown yet, or reports a changed order. A click reloads the list.

import { listen } from "../core/events.js";
import { number, t } from "../core/texts.js";

/** @type {Set<string>} */
const newRows = new Set();
export let isDisordered = false;

/** @param {() => Promise<boolean>} reload */
export function mountNewRowsBar(reload) {
  document.addEventListener("click", async (event) => {
    if (/** @type {Element} */ (event.target).closest("[data-news]") && await reload()) scrollTo(0, 0);
  });
  listen("list:shown", () => {
    newRows.clear();
    isDisordered = false;
    show();
  });
  listen("list:grown", () => {
    for (const id of newRows) if (document.getElementById(`item-${id}`)) newRows.delete(id);
    show();
  });
}

/** @param {number | string} id */
export function addNewRow(id) {
  newRows.add(String(id));
  show();
}

/** @param {number | string} id */
export function removeNewRow(id) {
  if (newRows.delete(String(id))) show();
}

export function markDisordered() {
  isDisordered = true;
  show();
}

function show() {
  const bar = /** @type {HTMLElement} */ (document.querySelector("[data-news]"));
  bar.hidden = newRows.size === 0 && !isDisordered;
  bar.textContent = newRows.size > 0 ? t("js.feed.new", number(newRows.size)) : t("js.feed.order");
}
