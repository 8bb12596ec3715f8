// What somebody has typed into a form, beside what it shows by itself; see drafts.js, which keeps it.

import { controls } from "./forms.js";

/** With what is typed into a field, what the field showed before. */
export const PREVIOUS = ":was";

/** @typedef {Record<string, string>} Draft */

/**
 * What one has typed, with what was there before where others may change that.
 * @param {HTMLFormElement} form @returns {Draft | null}
 */
export function changedValues(form) {
  /** @type {Draft} */
  const draft = {};
  for (const field of controls(form)) {
    if (field.value === shownValue(field)) continue;
    draft[field.name] = field.value;
    if (field.dataset.seen !== undefined) draft[field.name + PREVIOUS] = field.dataset.seen;
  }
  return Object.keys(draft).length > 0 ? draft : null;
}

/**
 * What a field shows that nobody has typed into; others may change it meanwhile, see conflict.js.
 * @param {HTMLInputElement} field
 */
export const shownValue = ({ dataset, defaultValue }) => dataset.seen ?? defaultValue;
