// What somebody has done to items and the server has not confirmed yet: how it is asked for, what it makes of what the
// server last said, and what becomes of those that follow when one is confirmed. No page, no network: plain functions.

/**
 * @typedef {object} Operation
 * @property {number} [n] its place in the order, given when it is stored
 * @property {string} key the Idempotency-Key under which it is sent, however often
 * @property {"create" | "change" | "move" | "archive" | "restore"} kind
 * @property {string} items where the workspace's items are, in the API
 * @property {string} item its id; "~KEY" for one that the operation of that key will create
 * @property {any} [body]
 * @property {number | null} [version] that was seen when it was changed
 * @property {any} [mine] what the same person's earlier ones have set meanwhile
 * @property {string} name by which people know the item
 * @property {import("./types.js").Problem} [problem] why it was refused; it waits for the person's choice
 */

/** @param {Operation} operation @returns {[method: string, address: string, ifMatch: string | null]} */
export function requestOf({ kind, items, item, version }) {
  const address = `${items}/${item}`;
  if (kind === "create") return ["POST", items, null];
  if (kind === "change") return ["PATCH", address, version ? `"${version}"` : null];
  if (kind === "move") return ["POST", `${address}/movements`, null];
  return kind === "archive" ? ["DELETE", address, null] : ["POST", `${address}/restore`, null];
}

/** What an item is called that is only about to be created. @param {Operation} operation */
const itemOf = ({ kind, key, item }) => (kind === "create" ? `~${key}` : item);

/** Those that concern an item and may still be done. @param {Operation[]} all @param {string} item */
export const pendingFor = (all, item) => all.filter((one) => itemOf(one) === item && !one.problem);

/**
 * An item as the person left it: what the server said, and what is waiting on top of it.
 * @template {{ amount: number }} Shown
 * @param {Shown} item @param {Operation[]} waiting
 * @returns {Shown & { isGone?: boolean }}
 */
export const withPending = (item, waiting) =>
  waiting.reduce((/** @type {any} */ seen, { kind, body }) => {
    if (kind === "move") return { ...seen, amount: Math.max(0, seen.amount + body.delta) };
    if (kind === "create" || kind === "change") return { ...seen, ...given(body) };
    return { ...seen, isGone: true };
  }, item);

/** An empty field of a form is null; an item's texts are never. @param {Record<string, any>} body */
const given = (body) =>
  Object.fromEntries(Object.entries(body).map(([name, value]) =>
    [name, value ?? (name === "amount" ? 0 : name === "threshold" ? null : "")]));

/**
 * One is confirmed. Those that were made after it learn what the server calls the item, that nobody but the same
 * person has changed it since they saw it, and what that person has set.
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

/** The person takes one back, and with it what needs it. @param {Operation[]} all @param {string} key */
export const withoutDiscarded = (all, key) => all.filter((one) => one.key !== key && one.item !== `~${key}`);

/**
 * The next to be sent: in order, but for those that wait for a choice, and those that need one of these.
 * @param {Operation[]} all
 */
export const nextToSend = (all) =>
  all.find((one) => !one.problem && !all.some((other) => one.item === `~${other.key}` && other !== one));

/**
 * Whether somebody else has meanwhile set a field that this would set, to something else.
 * @param {Operation} operation @param {any} problem 412, with the item as it is now
 */
export const isContested = ({ body = {}, mine = {} }, { differing, current }) =>
  Object.keys(body).some((name) => differing.includes(name)
    && ![body, mine].some((known) => name in known && (known[name] ?? "") === (current[name] ?? "")));
