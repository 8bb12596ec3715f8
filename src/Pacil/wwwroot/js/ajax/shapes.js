// Checks that a response has the shape that its reader expects. A response of another shape is an AjaxError.

import { AjaxError } from "./ajax-error.js";
import { t } from "../core/texts.js";

/** @typedef {import("../core/types.js").Json} Json */
/** @template {Json | undefined} Value @typedef {(json: Json | undefined) => json is Value} Shape */

/** @type {Shape<Json>} */
export const anything = (json) => json !== undefined;

/** @type {Shape<string>} */
export const text = (json) => typeof json === "string";

/** @type {Shape<number>} */
export const numeric = (json) => typeof json === "number";

/** @template {Json} Value @param {Shape<Value>} shape @returns {Shape<Value | null>} */
export const orNull = (shape) => /** @type {Shape<Value | null>} */ ((json) => json === null || shape(json));

/** @template {Json} Value @param {Shape<Value>} shape @returns {Shape<Value | undefined>} */
export const optional = (shape) =>
  /** @type {Shape<Value | undefined>} */ ((json) => json === undefined || shape(json));

/** @template {Json} Value @param {Shape<Value>} shape @returns {Shape<Value[]>} */
export const list = (shape) =>
  /** @type {Shape<Value[]>} */ ((json) => Array.isArray(json) && json.every((one) => shape(one)));

/**
 * An object with these members. It may have others too.
 * @template {{ [name: string]: Json | undefined }} Value
 * @param {{ [Name in keyof Value]-?: Shape<Value[Name]> }} members
 * @returns {Shape<Value>}
 */
export const object = (members) => /** @type {Shape<Value>} */ ((json) =>
  isObject(json) && Object.entries(members).every(([name, shape]) => shape(json[name])));

/** @param {Json | undefined} json @returns {json is { [name: string]: Json | undefined }} */
export const isObject = (json) => typeof json === "object" && json !== null && !Array.isArray(json);

/**
 * An object with members of any name.
 * @template {Json} Value @param {Shape<Value>} shape @returns {Shape<Record<string, Value>>}
 */
export const record = (shape) => /** @type {Shape<Record<string, Value>>} */ ((json) =>
  isObject(json) && Object.values(json).every(shape));

/** @template {Json} Value @param {Shape<Value>} shape @param {Json | undefined} json @returns {Value} */
export function as(shape, json) {
  if (shape(json)) return json;
  throw new AjaxError("unreadable", t("js.unreadable"));
}

/** @type {Shape<import("../core/types.js").Item>} */
export const item = object({
  id: numeric, name: text, description: text, amount: numeric, unit: text, threshold: orNull(numeric), version: numeric,
  created_at: text, created_by: numeric, updated_at: text, updated_by: numeric, archived_at: orNull(text),
});

/** @type {Shape<import("../core/types.js").Movement>} */
export const movement = object({
  id: numeric, item: numeric, place: numeric, delta: numeric, reason: text, note: text, amount: numeric,
  version: numeric, at: text, by: numeric,
});

/** @type {Shape<import("../core/types.js").Message>} */
export const message = object({
  id: numeric, room: numeric, item: orNull(numeric), text, author: text, version: numeric, created_at: text,
  created_by: numeric, edited_at: orNull(text), deleted_at: orNull(text),
});

/** @type {Shape<import("../core/types.js").Fields>} */
const fields = record(/** @type {Shape<string | number | boolean | null>} */ ((json) => !(json instanceof Object)));

/** @type {Shape<import("../core/types.js").Problem>} */
export const problem = object({
  status: numeric, detail: text, code: text, errors: optional(record(list(text))), trace_id: optional(text),
  current: optional(fields), differing: optional(list(text)),
});

/** @type {Shape<import("../core/types.js").Notification>} */
export const notification = object({
  id: numeric, kind: text, workspace: numeric, entry: numeric, text, at: text, read_at: orNull(text),
});
