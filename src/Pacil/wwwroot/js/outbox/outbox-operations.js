// Pure functions on pending operations, that is, changes to items that the server has not confirmed yet.

/** @typedef {import("../core/types.js").Fields} Fields */
/** @typedef {import("../core/types.js").Problem} Problem */
/** @typedef {import("../core/types.js").Item} Item */

/**
 * @typedef {object} Target
 * @property {string} items URL of the workspace's items in the API
 * @property {string} item the item's id; "~KEY" if the operation with that key creates the item
 * @property {string} name
 *
 * @typedef {object} State
 * @property {number} [n] primary key in IndexedDB, which orders the operations
 * @property {string} key the Idempotency-Key, the same for all attempts
 * @property {number | null} [version] the item's version that the user saw
 * @property {Fields} [mine] fields that the user's previous operations have set after that version
 * @property {Problem} [problem] set if the server has refused the operation
 *
 * @typedef {{ kind: "create" | "change", body: Fields } | { kind: "move", body: Fields & { delta: number } }
 *   | { kind: "archive" | "restore", body?: undefined }} Action
 * @typedef {Target & Action & { version?: number | null }} Wanted what the user wants to do
 * @typedef {Target & Action & State} Operation
 * @typedef {Item & { message: string } | Item | import("../core/types.js").Movement | { id: number, version: number }
 *   } Answer the item, with a message if it was archived, or the movement. If a feed entry confirmed the operation,
 *   only an id and a version.
 */

/** @param {Operation} operation @returns {[method: string, address: string, ifMatch: string | null]} */
export function requestOf({ kind, items, item, version }) {
  const address = `${items}/${item}`;
  if (kind === "create") return ["POST", items, null];
  if (kind === "change") return ["PATCH", address, version ? `"${version}"` : null];
  if (kind === "move") return ["POST", `${address}/movements`, null];
  return kind === "archive" ? ["DELETE", address, null] : ["POST", `${address}/restore`, null];
}

/** The id of the operation's item, or "~KEY" if the operation creates the item. @param {Operation} operation */
const itemOf = ({ kind, key, item }) => (kind === "create" ? `~${key}` : item);

/** The operations on an item, without refused operations. @param {Operation[]} all @param {string} item */
export const pendingFor = (all, item) => all.filter((one) => itemOf(one) === item && !one.problem);

/**
 * @template {{ amount: number }} Shown @param {Shown} item @param {Operation[]} waiting
 * @returns {Shown & { isGone?: boolean }}
 */
export const withPending = (item, waiting) =>
  waiting.reduce((/** @type {Shown & { isGone?: boolean }} */ seen, { kind, body }) => {
    if (kind === "move") return { ...seen, amount: Math.max(0, seen.amount + body.delta) };
    if (kind === "create" || kind === "change") return { ...seen, ...given(body) };
    return { ...seen, isGone: true };
  }, item);

/**
 * Replaces null, which stands for an empty form field, with the value that the server stores for an empty field: amount
 * 0, threshold null, other fields "".
 * @param {Fields} body
 */
const given = (body) =>
  Object.fromEntries(Object.entries(body).map(([name, value]) =>
    [name, value ?? (name === "amount" ? 0 : name === "threshold" ? null : "")]));

/**
 * Removes a confirmed operation. Later operations on the same item get the item's id. Later changes also get the fields
 * that the removed operation has set (`mine`), and get the item's new version only if nobody else has changed the item
 * in between.
 * @param {Operation[]} all @param {string} key @param {Answer | null} [answer]
 */
export function withoutSent(all, key, answer) {
  const done = all.find((one) => one.key === key);
  if (!done) return all;
  const isNew = done.kind === "create";
  const now = answer?.version ?? null;
  return all.filter((one) => one !== done).map((one) => {
    if (one.item !== itemOf(done)) return one;
    const item = isNew && answer?.id ? String(answer.id) : one.item;
    if (one.kind !== "change") return { ...one, item };
    const isSeen = isNew || one.version === (now ?? 0) - 1;
    const mine = { ...one.mine, ...(done.kind === "change" ? done.body : {}) };
    return { ...one, item, mine, version: isSeen ? now : one.version };
  });
}

/**
 * Removes the operation with this key. If that operation creates an item, also removes all operations on the item.
 * @param {Operation[]} all @param {string} key
 */
export const withoutDiscarded = (all, key) => all.filter((one) => one.key !== key && one.item !== `~${key}`);

/**
 * Makes a refused operation ready to be sent again, with the item's current version.
 * @param {Operation[]} all @param {string} key
 */
export const withoutProblem = (all, key) => all.map((one) => {
  const { problem, ...again } = one;
  return one.key === key ? { ...again, version: Number(problem?.current?.version ?? one.version) || null } : one;
});

/** The first operation that is not refused and whose item exists on the server. @param {Operation[]} all */
export const nextToSend = (all) =>
  all.find((one) => !one.problem && !all.some((other) => one.item === `~${other.key}` && other !== one));

/**
 * Whether another person has set one of the operation's fields to a different value.
 * @param {Operation} operation @param {Problem} problem
 */
export const isContested = ({ body = {}, mine = {} }, { differing = [], current = {} }) =>
  Object.keys(body).some((name) => differing.includes(name)
    && ![body, mine].some((known) => name in known && (known[name] ?? "") === (current[name] ?? "")));
