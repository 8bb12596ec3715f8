// The list without page reloads: search while typing, sort, filter, show more. Everything here is a link or a GET
// form that works by itself; scripts fetch the same page and take its list over. The newest answer wins.

import { latest, page } from "./ajax.js";
import { t } from "./texts.js";
import { toastError } from "./toast.js";

const DEBOUNCE_MS = 300;

const shown = latest();
let signal = shown();
/** Where the list is that is shown; an item that is open over it has an address of its own. */
let address = location.href;

/** What the list is filtered and sorted by. */
export const query = () => new URL(address).search;

/** Shows the list anew, as it is now. */
export const reload = () => show(address, false);

export function mountList() {
  const list = document.querySelector("#list");
  if (!list) return;
  document.addEventListener("click", follow);
  const search = /** @type {HTMLFormElement} */ (document.querySelector("[data-search]"));
  let timer = 0;
  search.addEventListener("input", () => {
    clearTimeout(timer);
    timer = window.setTimeout(() => show(addressOf(search)), DEBOUNCE_MS);
  });
  search.addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(timer);
    show(addressOf(search));
  });
  window.addEventListener("popstate", () => {
    if (!history.state?.item && location.href !== address) show(location.href, false);
  });
  watchMore();
}

/** Links that change the list, and the one that continues it. @param {MouseEvent} event */
function follow(event) {
  const link = /** @type {Element} */ (event.target).closest("a");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
  if (link.matches("[data-more]")) more(link);
  else if (link.closest("[data-navigate]")) show(link.href);
  else return;
  event.preventDefault();
}

/** @param {HTMLFormElement} search */
function addressOf(search) {
  const query = new URLSearchParams(/** @type {any} */ (new FormData(search)));
  for (const [name, value] of [...query]) if (value === "") query.delete(name);
  return `${search.action}${query.size > 0 ? `?${query}` : ""}`;
}

/** Shows the list at another address. @param {string} wanted @param {boolean} [isNew] */
async function show(wanted, isNew = true) {
  const mine = (signal = shown());
  const list = /** @type {HTMLElement} */ (document.querySelector("#list"));
  list.ariaBusy = "true";
  try {
    const fetched = await page(wanted, mine);
    if (isNew) history.pushState(null, "", wanted);
    address = wanted;
    for (const part of ["#list", ".chips", "[data-counts]"]) adopt(fetched, part);
    const next = /** @type {HTMLInputElement | null} */ (document.querySelector("#move [name=next]"));
    if (next) next.value = new URL(address).pathname + query();
    document.dispatchEvent(new Event("list:shown"));
    announce();
    watchMore();
  } catch (error) {
    if (!mine.aborted) toastError(error);
  } finally {
    if (!mine.aborted) list.ariaBusy = null;
  }
}

/** Takes over what is inside, and what the element itself says. @param {Document} fetched @param {string} selector */
function adopt(fetched, selector) {
  const mine = document.querySelector(selector);
  const theirs = fetched.querySelector(selector);
  if (!mine || !theirs) return;
  for (const { name, value } of [...theirs.attributes]) mine.setAttribute(name, value);
  mine.replaceChildren(...theirs.childNodes);
}

/** Puts the next page's rows under the last. @param {HTMLAnchorElement} link */
async function more(link) {
  if (link.ariaBusy === "true") return;
  link.ariaBusy = "true";
  link.textContent = t("js.loading");
  const mine = signal;
  try {
    const fetched = await page(link.href, mine);
    const body = document.querySelector("#list tbody");
    for (const row of [...fetched.querySelectorAll("#list tbody tr")])
      if (!document.getElementById(row.id)) body?.append(row);
    const next = fetched.querySelector("[data-more]");
    if (next) link.replaceWith(next);
    else link.remove();
    announce();
    watchMore();
  } catch (error) {
    link.ariaBusy = null;
    if (!mine.aborted) toastError(error);
  }
}

/** Shows more as soon as the end of the list comes into sight. */
function watchMore() {
  const link = /** @type {HTMLAnchorElement | null} */ (document.querySelector("[data-more]"));
  if (!link) return;
  const observer = new IntersectionObserver((seen) => {
    if (!seen.some((entry) => entry.isIntersecting)) return;
    observer.disconnect();
    if (link.isConnected) more(link);
  }, { rootMargin: "200px" });
  observer.observe(link);
}

function announce() {
  const shown = document.querySelectorAll("#list tbody tr").length;
  const status = document.querySelector("#status");
  if (status) status.textContent = t("js.found", shown);
}
