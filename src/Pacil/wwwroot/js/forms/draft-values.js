// The values that a user has typed into a form and not sent yet; drafts.js saves them.

import { controls } from "./forms.js";

/** Suffix of the key under which a draft holds a field's previous value. */
export const PREVIOUS = ":was";

/** @typedef {Record<string, string>} Draft */

/**
 * The changed fields; those that others may change too (data-seen) also have their previous value.
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

/** The value of a field before the user typed; others may change it (conflict.js). @param {HTMLInputElement} field */
export const shownValue = ({ dataset, defaultValue }) => dataset.seen ?? defaultValue;
