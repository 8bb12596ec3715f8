// The events that the modules send each other. Their details are typed by their names.

/** @typedef {import("./types.js").Json} Json */
/** @typedef {import("./types.js").Problem} Problem */
/** @typedef {import("../feed/feed-types.js").FeedEvents} FeedEvents */
/** @typedef {import("../forms/forms.js").Values} Values */
/** @typedef {import("../outbox/outbox-operations.js").Operation} Operation */
/** @typedef {import("../outbox/outbox-operations.js").Answer} Answer */

/**
 * The detail of each event, by name. Those of a form are dispatched on the form, all others on the document. The
 * browser's own "visibilitychange" has no detail.
 * @typedef {{ [Name in keyof FeedEvents as `feed:${Name}`]: FeedEvents[Name] } & {
 *   "ajax:busy": void, "ajax:idle": void, "visibilitychange": void, "role:changed": void,
 *   "form:open": void, "form:values": Values, "form:done": Json, "form:kept": void,
 *   "form:refused": { error: unknown, body: Values["body"] },
 *   "list:shown": void, "list:grown": number,
 *   "outbox:changed": void, "outbox:kept": void, "outbox:refused": Problem,
 *   "outbox:done": { operation: Operation, answer: Answer | null } }} Events
 */

/**
 * @template {keyof Events} Name @param {Name} name
 * @param {(detail: Events[Name], event: Event) => void} listener
 * @param {EventTarget} [target] @param {AbortSignal} [signal]
 */
export function listen(name, listener, target = document, signal) {
  target.addEventListener(
    name, (event) => listener(/** @type {CustomEvent<Events[Name]>} */ (event).detail, event), { signal });
}

/**
 * Listens to an event of the document until the element is removed from the page.
 * @template {keyof Events} Name @param {Element} element @param {Name} name
 * @param {(detail: Events[Name]) => void} listener
 */
export function hears(element, name, listener) {
  const over = new AbortController();
  listen(name, (detail) => (element.isConnected ? listener(detail) : over.abort()), document, over.signal);
}

/**
 * @template {keyof Events} Name @param {Name} name
 * @param {Events[Name] extends void ? [detail?: void, target?: EventTarget]
 *   : [detail: Events[Name], target?: EventTarget, init?: CustomEventInit]} how the detail, and the target if it is not
 *   the document
 * @returns {boolean} false if a listener has cancelled the event
 */
export function dispatch(name, ...[detail, target = document, init]) {
  return target.dispatchEvent(new CustomEvent(name, { ...init, detail }));
}
