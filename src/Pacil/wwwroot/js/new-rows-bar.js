// The bar over the list: how many rows belong in it that are not shown, or that its order has changed. A click reloads
// the list and scrolls to its top. Without this module one reloads the page.

import { number, t } from "./texts.js";

/** @type {Set<string>} */
const newRows = new Set();
/** Something stands elsewhere than it belongs. */
export let isDisordered = false;

/** @param {() => Promise<boolean>} reload reloads the list, and returns whether it has */
export function mountNewRowsBar(reload) {
  document.addEventListener("click", async (event) => {
    if (/** @type {Element} */ (event.target).closest("[data-news]") && await reload()) scrollTo(0, 0);
  });
  document.addEventListener("list:shown", () => {
    newRows.clear();
    isDisordered = false;
    show();
  });
  document.addEventListener("list:grown", () => {
    for (const id of newRows) if (document.getElementById(`item-${id}`)) newRows.delete(id);
    show();
  });
}

/** This one belongs into the list, as far as the page can know, and is not shown. @param {number | string} id */
export function addNewRow(id) {
  newRows.add(String(id));
  show();
}

/** This one does not, or is shown. @param {number | string} id */
export function removeNewRow(id) {
  if (newRows.delete(String(id))) show();
}

/** The order of the list is not what is shown. */
export function markDisordered() {
  isDisordered = true;
  show();
}

function show() {
  const bar = /** @type {HTMLElement} */ (document.querySelector("[data-news]"));
  bar.hidden = newRows.size === 0 && !isDisordered;
  bar.textContent = newRows.size > 0 ? t("js.feed.new", number(newRows.size)) : t("js.feed.order");
}
