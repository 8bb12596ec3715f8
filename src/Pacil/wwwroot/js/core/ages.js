// Keeps the ages of items, such as "5 minutes ago", current. Without this module a page shows the ages at page load.

import { t, time } from "./texts.js";

const MINUTE_MS = 60_000;
const EVERY_MS = 15_000;

/** Elements that show a relative time. @type {WeakSet<Element>} */
const young = new WeakSet();

export function mountAges() {
  setInterval(() => {
    const all = /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("#list [data-updated]"));
    // After an hour the page shows an absolute time, which needs no updates.
    for (const shown of all) if (minutesSince(shown) < 60 || young.has(shown)) showAge(shown);
  }, EVERY_MS);
}

/** @param {HTMLElement} shown */
export function showAge(shown) {
  const minutes = minutesSince(shown);
  const text = minutes < 1 ? t("js.now") : minutes < 60 ? t("js.minutes_ago", minutes) : time(timeOf(shown));
  if (minutes < 60) young.add(shown);
  else young.delete(shown);
  if (shown.textContent !== text) shown.textContent = text;
}

/** @param {HTMLElement} shown */
const timeOf = (shown) => new Date(shown.getAttribute("datetime") ?? "");

/** @param {HTMLElement} shown */
const minutesSince = (shown) => Math.floor((Date.now() - timeOf(shown).getTime()) / MINUTE_MS);
