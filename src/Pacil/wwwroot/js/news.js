// The bar over the list: how many belong into it that are not shown, or that its order is not what it was. Pressed, it
// leads to the head of the list as it is now. Without this module one loads the page anew.

import { number, t } from "./texts.js";

/** @type {Set<string>} */
const waiting = new Set();
/** Something stands elsewhere than it belongs. */
export let isDisordered = false;

/** @param {() => Promise<boolean>} reload shows the list anew, and says whether it has */
export function mountNews(reload) {
  document.addEventListener("click", async (event) => {
    if (/** @type {Element} */ (event.target).closest("[data-news]") && await reload()) scrollTo(0, 0);
  });
  document.addEventListener("list:shown", () => {
    waiting.clear();
    isDisordered = false;
    show();
  });
  document.addEventListener("list:grown", () => {
    for (const id of waiting) if (document.getElementById(`item-${id}`)) waiting.delete(id);
    show();
  });
}

/** This one belongs into the list, as far as the page can know, and is not shown. @param {number | string} id */
export function expect(id) {
  waiting.add(String(id));
  show();
}

/** This one does not, or is shown. @param {number | string} id */
export function forget(id) {
  if (waiting.delete(String(id))) show();
}

/** The order of the list is not what is shown. */
export function disorder() {
  isDisordered = true;
  show();
}

function show() {
  const bar = /** @type {HTMLElement} */ (document.querySelector("[data-news]"));
  bar.hidden = waiting.size === 0 && !isDisordered;
  bar.textContent = waiting.size > 0 ? t("js.feed.new", number(waiting.size)) : t("js.feed.order");
}
