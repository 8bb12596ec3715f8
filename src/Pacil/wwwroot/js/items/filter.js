// Whether the list shows an item, decided by the filters in the address as the server does.

import { searchText, termsOf } from "../core/text-folding.js";
import { query } from "./list.js";
import { isStarred } from "./stars.js";

/** @param {string} name */
const asked = (name) => new URLSearchParams(query()).get(name) ?? "";

/** @param {string} name */
export const isAsked = (name) => !["", "0", "false"].includes(asked(name));

/** @param {string} text */
export const mayHold = (text) => termsOf(asked("search")).some((term) => searchText(text).includes(term));

/** @param {string} text */
const holds = (text) => termsOf(asked("search")).every((term) => searchText(text).includes(term));

/**
 * Ignores whether the item is archived.
 * @param {object} item @param {number | string} item.id @param {boolean} [item.isLow]
 * @param {string} [item.text] searchable text @param {boolean} [item.isCut] the text is incomplete
 * @returns {boolean | undefined} undefined if the page cannot know
 */
export function belongs({ id, isLow, text, isCut }) {
  if (isAsked("low") && isLow === false || isAsked("starred") && !isStarred(id)) return false;
  if (isAsked("low") && isLow === undefined) return undefined;
  if (!asked("search")) return true;
  return text === undefined ? undefined : holds(text) || (isCut ? undefined : false);
}
