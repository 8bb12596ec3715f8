// Appends the rows of the next page when the user clicks <a data-more> or reaches the end of the list.

import { page } from "../ajax.js";
import { dispatch } from "../core/events.js";
import { t } from "../core/texts.js";
import { toastError } from "../core/toast.js";

/** @param {AbortSignal} signal aborted when the list is replaced */
export function watchMore(signal) {
  const link = /** @type {HTMLAnchorElement | null} */ (document.querySelector("[data-more]"));
  if (!link) return;
  const observer = new IntersectionObserver((seen) => {
    if (!seen.some((entry) => entry.isIntersecting)) return;
    observer.disconnect();
    if (link.isConnected) more(link, signal);
  }, { rootMargin: "200px" });
  observer.observe(link);
  link.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    more(link, signal);
  });
}

/** @param {HTMLAnchorElement} link @param {AbortSignal} signal */
async function more(link, signal) {
  if (link.ariaBusy === "true") return;
  link.ariaBusy = "true";
  link.textContent = t("js.loading");
  try {
    const fetched = await page(link.href, signal);
    const rows = [...fetched.querySelectorAll("#list tbody tr")].filter((row) => !document.getElementById(row.id));
    document.querySelector("#list tbody")?.append(...rows);
    const isFocused = link === document.activeElement;
    const next = fetched.querySelector("[data-more]");
    if (next) link.replaceWith(next);
    else link.remove();
    if (isFocused) rows[0]?.querySelector("a")?.focus({ preventScroll: true });
    const { head } = /** @type {HTMLElement} */ (fetched.querySelector("#list")).dataset;
    dispatch("list:grown", Number(head));
    announce();
    watchMore(signal);
  } catch (error) {
    link.ariaBusy = null;
    if (!signal.aborted) toastError(error);
  }
}

export function announce() {
  const shown = document.querySelectorAll("#list tbody tr").length;
  const status = document.querySelector("#status");
  if (status) status.textContent = t("js.found", shown);
}
