// Which items the list is to show, as the server decides it by the address.

import { searchText, termsOf } from "./text-folding.js";
import { query } from "./list.js";
import { isStarred } from "./stars.js";

/** @param {string} name */
const asked = (name) => new URLSearchParams(query()).get(name) ?? "";

/** @param {string} name */
export const isAsked = (name) => !["", "0", "false"].includes(asked(name));

/** Whether any of the words one searches for is in it. @param {string} text */
export const mayHold = (text) => termsOf(asked("search")).some((term) => searchText(text).includes(term));

/** Whether all are. @param {string} text */
const holds = (text) => termsOf(asked("search")).every((term) => searchText(text).includes(term));

/**
 * @param {object} item what the page knows of it
 * @param {number | string} item.id
 * @param {boolean} [item.isLow]
 * @param {string} [item.text] what a search looks through
 * @param {boolean} [item.isCut] there is more of that
 * @returns {boolean | undefined} whether it is shown, if it is archived or not as the list has it; undefined where the
 *   page cannot know
 */
export function belongs({ id, isLow, text, isCut }) {
  if (isAsked("low") && isLow === false || isAsked("starred") && !isStarred(id)) return false;
  if (isAsked("low") && isLow === undefined) return undefined;
  if (!asked("search")) return true;
  return text === undefined ? undefined : holds(text) || (isCut ? undefined : false);
}
