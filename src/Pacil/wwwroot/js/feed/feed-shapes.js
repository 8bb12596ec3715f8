// The shapes of the feed's data in responses to requests; see shapes.js.

import { isObject, list, numeric, object, optional, orNull, record, text } from "../ajax/shapes.js";

/** @template {import("../core/types.js").Json} Value @typedef {import("../ajax/shapes.js").Shape<Value>} Shape */
/** @typedef {import("./feed-types.js").Entry} Entry */

/** Does not check the data. feed-types.test.js compares the types of the data with what the server sends. */
export const entries = list(/** @type {Shape<Entry>} */ (object({
  workspace: orNull(numeric), seq: numeric, kind: text, at: text, version: numeric,
  actor: object({ id: orNull(numeric), name: text }), subject: object({ type: text, id: numeric }), data: isObject,
})));

const group = { user_count: numeric, users: list(object({ id: numeric, name: text })) };

/** @type {Shape<import("./feed-types.js").Poll>} */
export const poll = object({
  entries, cursor: text, gone: optional(list(numeric)),
  here: optional(list(object({ ...group, workspace: numeric, places: record(object(group)) }))),
  reset: optional(object({ reason: text, workspaces: list(numeric) })),
});
