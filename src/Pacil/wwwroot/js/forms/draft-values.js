// The values that the user has typed into a form and not sent yet. drafts.js saves these values as a draft.

import { batch } from "../ajax/batch.js";
import { as, record, text } from "../ajax/shapes.js";
import { controls } from "./forms.js";

/** A draft stores the typed value of a field under "name", and the server's value at that time under "name:was". */
export const PREVIOUS = ":was";

/** @typedef {Record<string, string>} Draft */

/**
 * The values that the user has typed. For a field that other people can change too (data-seen), also the field's last
 * value from the server.
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
 * Reads the draft from the server.
 * @param {string} address @returns {Promise<Draft | null>} null if there is none, or the server cannot be reached
 */
export const fetchDraft = (address) =>
  batch(address, true).then((draft) => as(record(text), draft)).catch(() => null);

/** The field's last value from the server, without typed text; see conflict.js. @param {HTMLInputElement} field */
export const shownValue = ({ dataset, defaultValue }) => dataset.seen ?? defaultValue;
