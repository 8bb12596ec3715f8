// The values that the user has typed into a form and not sent yet. drafts.js saves these values as a draft.

import { controls } from "./forms.js";

/** Suffix of the draft's key for a field's previous value, as in "name:was". */
export const PREVIOUS = ":was";

/** @typedef {Record<string, string>} Draft */

/**
 * The fields that the user has changed. A field that other people may change too also comes with its previous value.
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

/** The field's value without what the user has typed; see conflict.js. @param {HTMLInputElement} field */
export const shownValue = ({ dataset, defaultValue }) => dataset.seen ?? defaultValue;
