// Searches, sorts and filters the list of items: fetches the page to which a link or form leads, and shows its list. A
// new request aborts the previous one. Without this module the links and forms load pages.

import { latest, page as fetchPage } from "../ajax.js";
import { dispatch } from "../core/events.js";
import { keepFocus } from "../core/focus.js";
import { ofPage } from "../core/page-state.js";
import { announce, watchMore } from "./more.js";
import { toastError } from "../core/toast.js";

const DEBOUNCE_MS = 300;

/**
 * `address` is the URL of the shown list. While an item's dialog is open, location.href is the URL of the item's page.
 * `wanted` is the URL of the list that was requested last. The next search or filter modifies this URL.
 */
const state = ofPage(() => ({ shown: latest(), address: location.href, wanted: location.href, timer: 0 }));

export const query = () => new URL(state().address).search;

export function reload() {
  const { address, wanted } = state();
  return show(wanted, wanted === address ? undefined : "pushState");
}

export function mountList() {
  const list = document.querySelector("#list");
  if (!list) return;
  document.addEventListener("click", follow);
  const search = /** @type {HTMLFormElement} */ (document.querySelector("[data-search]"));
  search.addEventListener("input", () => {
    const list = state();
    clearTimeout(list.timer);
    list.wanted = searched();
    list.timer = window.setTimeout(() => show(list.wanted, verb(), { isTyped: true }), DEBOUNCE_MS);
  });
  search.addEventListener("submit", (event) => {
    event.preventDefault();
    show(searched(), verb());
  });
  window.addEventListener("popstate", () => {
    if (!history.state?.item && location.href !== state().address) show(location.href);
  });
  watchMore(state().shown());
}

/** @param {MouseEvent} event */
function follow(event) {
  const link = /** @type {Element} */ (event.target).closest("a");
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
  if (!link?.closest("[data-navigate]")) return;
  event.preventDefault();
  show(along(link.href), "pushState");
}

/**
 * The URL of the latest request, changed in the query parameters in which the link differs from the shown list.
 * @param {string} link
 */
function along(link) {
  const { address, wanted } = state();
  const [from, to, url] = [address, link, wanted].map((one) => new URL(one));
  for (const name of [...from.searchParams.keys(), ...to.searchParams.keys()]) {
    const value = to.searchParams.get(name);
    if (value !== from.searchParams.get(name)) set(url, name, value);
  }
  return url.href;
}

const box = () => /** @type {HTMLInputElement} */ (document.querySelector("[data-search] [name=search]"));

function searched() {
  const url = new URL(state().wanted);
  set(url, "search", box().value);
  set(url, "cursor", null);
  return url.href;
}

/** @param {URL} url @param {string} name @param {string | null} value */
function set(url, name, value) {
  if (value) url.searchParams.set(name, value);
  else url.searchParams.delete(name);
}

/** Consecutive typed searches share one entry of the browser history, so "Back" undoes all of them. */
const verb = () => (history.state?.isTyped ? "replaceState" : "pushState");

/**
 * @param {string} to @param {"pushState" | "replaceState"} [verb]
 * @param {object | null} [entry] the state of the entry in the browser history
 * @returns {Promise<boolean>} false if the request failed or was aborted
 */
async function show(to, verb, entry = null) {
  const page = state();
  clearTimeout(page.timer);
  const mine = page.shown();
  const list = /** @type {HTMLElement} */ (document.querySelector("#list"));
  list.ariaBusy = "true";
  page.wanted = to;
  try {
    const fetched = await fetchPage(to, mine);
    if (verb) history[verb](entry, "", to);
    page.address = to;
    takeOver(fetched);
    watchMore(mine);
  } catch (error) {
    if (!mine.aborted) {
      page.wanted = page.address;
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
  const { address, wanted } = state();
  const search = new URL(address).searchParams.get("search") ?? "";
  // If the user has typed after the request was sent, the search field must not change.
  if (wanted === address && box().value !== search) box().value = search;
  const next = /** @type {HTMLInputElement | null} */ (document.querySelector("#move [name=next]"));
  if (next) next.value = new URL(address).pathname + query();
  dispatch("list:shown");
  announce();
}

/** @param {Document} fetched @param {string} selector */
function adopt(fetched, selector) {
  const mine = document.querySelector(selector);
  const theirs = fetched.querySelector(selector);
  if (!mine || !theirs) return;
  for (const { name, value } of [...theirs.attributes]) mine.setAttribute(name, value);
  mine.replaceChildren(...theirs.childNodes);
}
