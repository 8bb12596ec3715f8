// The bar above the list counts rows that are not shown yet, or reports a changed order. A click reloads the list.

import { listen } from "../core/events.js";
import { ofPage } from "../core/page-state.js";
import { number, t } from "../core/texts.js";

const bar = ofPage(() => ({ ids: /** @type {Set<string>} */ (new Set()), isDisordered: false }));

/** Whether a row is not at its sorted position. */
export const isDisordered = () => bar().isDisordered;

/** @param {() => Promise<boolean>} reload */
export function mountNewRowsBar(reload) {
  document.addEventListener("click", async (event) => {
    if (/** @type {Element} */ (event.target).closest("[data-news]") && await reload()) scrollTo(0, 0);
  });
  listen("list:shown", () => {
    bar().ids.clear();
    bar().isDisordered = false;
    show();
  });
  listen("list:grown", () => {
    const { ids } = bar();
    for (const id of ids) if (document.getElementById(`item-${id}`)) ids.delete(id);
    show();
  });
}

/** @param {number | string} id */
export function addNewRow(id) {
  bar().ids.add(String(id));
  show();
}

/** @param {number | string} id */
export function removeNewRow(id) {
  if (bar().ids.delete(String(id))) show();
}

export function markDisordered() {
  bar().isDisordered = true;
  show();
}

function show() {
  const shown = /** @type {HTMLElement} */ (document.querySelector("[data-news]"));
  const { ids, isDisordered } = bar();
  shown.hidden = ids.size === 0 && !isDisordered;
  shown.textContent = ids.size > 0 ? t("js.feed.new", number(ids.size)) : t("js.feed.order");
}
