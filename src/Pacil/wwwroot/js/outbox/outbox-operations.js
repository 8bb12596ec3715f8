// Operations on items that the server has not confirmed yet: the request of each, its effect on the item, and what
// happens to later ones when one is confirmed. Pure functions, without page or network.

/**
 * @typedef {object} Operation
 * @property {number} [n] position in the list, given when it is stored
 * @property {string} key the Idempotency-Key of all its attempts
 * @property {"create" | "change" | "move" | "archive" | "restore"} kind
 * @property {string} items address of the workspace's items in the API
 * @property {string} item its id; "~KEY" if the operation with that key will create it
 * @property {any} [body]
 * @property {number | null} [version] the version that the user saw
 * @property {any} [mine] fields that the user's earlier operations have set since then
 * @property {string} name
 * @property {import("../core/types.js").Problem} [problem] why it was refused; it waits for the user's choice
 */

/** @param {Operation} operation @returns {[method: string, address: string, ifMatch: string | null]} */
export function requestOf({ kind, items, item, version }) {
  const address = `${items}/${item}`;
  if (kind === "create") return ["POST", items, null];
  if (kind === "change") return ["PATCH", address, version ? `"${version}"` : null];
  if (kind === "move") return ["POST", `${address}/movements`, null];
  return kind === "archive" ? ["DELETE", address, null] : ["POST", `${address}/restore`, null];
}

/** The id of the operation's item; "~KEY" if the operation creates it. @param {Operation} operation */
const itemOf = ({ kind, key, item }) => (kind === "create" ? `~${key}` : item);

/** The operations on an item that are not refused. @param {Operation[]} all @param {string} item */
export const pendingFor = (all, item) => all.filter((one) => itemOf(one) === item && !one.problem);

/**
 * Applies pending operations to an item as the server last described it.
 * @template {{ amount: number }} Shown @param {Shown} item @param {Operation[]} waiting
 * @returns {Shown & { isGone?: boolean }}
 */
export const withPending = (item, waiting) =>
  waiting.reduce((/** @type {any} */ seen, { kind, body }) => {
    if (kind === "move") return { ...seen, amount: Math.max(0, seen.amount + body.delta) };
    if (kind === "create" || kind === "change") return { ...seen, ...given(body) };
    return { ...seen, isGone: true };
  }, item);

/** A form sends an empty field as null; an item's texts are never null. @param {Record<string, any>} body */
const given = (body) =>
  Object.fromEntries(Object.entries(body).map(([name, value]) =>
    [name, value ?? (name === "amount" ? 0 : name === "threshold" ? null : "")]));

/**
 * Removes a confirmed operation. Later operations on its item get the item's id, the fields that were set and, unless
 * somebody else has changed the item in between, the new version.
 * @param {Operation[]} all @param {string} key @param {{ id?: number, version?: number } | null} [answer]
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

/** Also removes the operations on an item that it would have created. @param {Operation[]} all @param {string} key */
export const withoutDiscarded = (all, key) => all.filter((one) => one.key !== key && one.item !== `~${key}`);

/** The first operation that is not refused and whose item exists. @param {Operation[]} all */
export const nextToSend = (all) =>
  all.find((one) => !one.problem && !all.some((other) => one.item === `~${other.key}` && other !== one));

/**
 * Whether somebody else has set one of the operation's fields to a different value.
 * @param {Operation} operation @param {any} problem 412, with the current item
 */
export const isContested = ({ body = {}, mine = {} }, { differing, current }) =>
  Object.keys(body).some((name) => differing.includes(name)
    && ![body, mine].some((known) => name in known && (known[name] ?? "") === (current[name] ?? "")));
