// The list without page reloads: search while typing, sort, filter; more.js continues it. Everything here is a link or
// a GET form that works by itself; scripts fetch the same page and take its list over. The newest answer wins.

import { latest, page } from "./ajax.js";
import { keepFocus } from "./focus.js";
import { announce, watchMore } from "./more.js";
import { toastError } from "./toast.js";

const DEBOUNCE_MS = 300;

const shown = latest();
/** Where the list is that is shown; an item that is open over it has an address of its own. */
let address = location.href;
/** Where the one is that has been asked for since, if any; what one asks for next is added to that. */
let wanted = address;
/** Until what is typed is asked for. */
let timer = 0;

/** What the list is filtered and sorted by. */
export const query = () => new URL(address).search;

/** Reloads the list. */
export const reload = () => show(wanted, wanted === address ? undefined : "pushState");

export function mountList() {
  const list = document.querySelector("#list");
  if (!list) return;
  document.addEventListener("click", follow);
  const search = /** @type {HTMLFormElement} */ (document.querySelector("[data-search]"));
  search.addEventListener("input", () => {
    clearTimeout(timer);
    wanted = searched();
    timer = window.setTimeout(() => show(wanted, verb(), { isTyped: true }), DEBOUNCE_MS);
  });
  search.addEventListener("submit", (event) => {
    event.preventDefault();
    show(searched(), verb());
  });
  window.addEventListener("popstate", () => {
    if (!history.state?.item && location.href !== address) show(location.href);
  });
  watchMore(shown());
}

/** Links that change the list. @param {MouseEvent} event */
function follow(event) {
  const link = /** @type {Element} */ (event.target).closest("a");
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
  if (!link?.closest("[data-navigate]")) return;
  event.preventDefault();
  show(along(link.href), "pushState");
}

/** What a link changes of the list that is shown, changed of the one that is wanted. @param {string} link */
function along(link) {
  const [from, to, url] = [address, link, wanted].map((one) => new URL(one));
  for (const name of [...from.searchParams.keys(), ...to.searchParams.keys()]) {
    const value = to.searchParams.get(name);
    if (value !== from.searchParams.get(name)) set(url, name, value);
  }
  return url.href;
}

const box = () => /** @type {HTMLInputElement} */ (document.querySelector("[data-search] [name=search]"));

/** The list that is wanted, but of what is in the box, and from its beginning. */
function searched() {
  const url = new URL(wanted);
  set(url, "search", box().value);
  set(url, "cursor", null);
  return url.href;
}

/** @param {URL} url @param {string} name @param {string | null} value */
function set(url, name, value) {
  if (value) url.searchParams.set(name, value);
  else url.searchParams.delete(name);
}

/** However much one types, one step leads back to what was before. */
const verb = () => (history.state?.isTyped ? "replaceState" : "pushState");

/**
 * Shows the list at another address.
 * @param {string} to
 * @param {"pushState" | "replaceState"} [verb] what becomes of it in the history
 * @param {object | null} [state] along with that
 * @returns {Promise<boolean>} whether it is shown
 */
async function show(to, verb, state = null) {
  clearTimeout(timer);
  const mine = shown();
  const list = /** @type {HTMLElement} */ (document.querySelector("#list"));
  list.ariaBusy = "true";
  wanted = to;
  try {
    const fetched = await page(to, mine);
    if (verb) history[verb](state, "", to);
    address = to;
    takeOver(fetched);
    watchMore(mine);
  } catch (error) {
    if (!mine.aborted) {
      wanted = address;
      toastError(error);
    }
    return false;
  } finally {
    if (!mine.aborted) list.ariaBusy = null;
  }
  return true;
}

/** @param {Document} fetched */
function takeOver(fetched) {
  const focus = keepFocus();
  for (const part of ["#list", ".chips", "[data-counts]"]) adopt(fetched, part);
  focus();
  const search = new URL(address).searchParams.get("search") ?? "";
  // What one has typed since is asked for in a moment.
  if (wanted === address && box().value !== search) box().value = search;
  const next = /** @type {HTMLInputElement | null} */ (document.querySelector("#move [name=next]"));
  if (next) next.value = new URL(address).pathname + query();
  document.dispatchEvent(new Event("list:shown"));
  announce();
}

/** Takes over what is inside, and what the element itself says. @param {Document} fetched @param {string} selector */
function adopt(fetched, selector) {
  const mine = document.querySelector(selector);
  const theirs = fetched.querySelector(selector);
  if (!mine || !theirs) return;
  for (const { name, value } of [...theirs.attributes]) mine.setAttribute(name, value);
  mine.replaceChildren(...theirs.childNodes);
}
