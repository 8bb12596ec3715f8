// Applies the filters in the page's URL to items, by the same rules as the server.

import { searchText, termsOf } from "../core/text-folding.js";
import { query } from "./list.js";
import { isStarred } from "./stars.js";

/** @param {string} name */
const asked = (name) => new URLSearchParams(query()).get(name) ?? "";

/** @param {string} name */
export const isAsked = (name) => !["", "0", "false"].includes(asked(name));

/** Whether the list is searched. Any text can be searched for, "0" and "false" too. */
export const isSearched = () => asked("search").trim() !== "";

/** @param {string} text */
export const mayHold = (text) => termsOf(asked("search")).some((term) => searchText(text).includes(term));

/** @param {string} text */
const holds = (text) => termsOf(asked("search")).every((term) => searchText(text).includes(term));

/**
 * Whether an item passes the filters, except the filter by archived items.
 * @param {object} item @param {number | string} item.id @param {boolean} [item.isLow] @param {string} [item.text]
 * @param {boolean} [item.isCut] whether the text is incomplete
 * @returns {boolean | undefined} undefined if the page does not have enough data
 */
export function belongs({ id, isLow, text, isCut }) {
  if (isAsked("low") && isLow === false || isAsked("starred") && !isStarred(id)) return false;
  if (isAsked("low") && isLow === undefined) return undefined;
  if (!isSearched()) return true;
  return text === undefined ? undefined : holds(text) || (isCut ? undefined : false);
}
