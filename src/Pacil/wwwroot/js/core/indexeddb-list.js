// An account's list of operations in IndexedDB, shared by all tabs of the account. update() resolves after the
// change is on disk.

import { ofPage } from "./page-state.js";

const NAME = "operations";
/** The maximum wait for open(). If a browser blocks IndexedDB, open() can stay pending forever. */
const PATIENCE_MS = 3_000;

const page = ofPage(() => {
  /** @type {Promise<never>} */
  const late = new Promise((_, reject) => setTimeout(reject, PATIENCE_MS));
  late.catch(() => {});
  return { late, opened: /** @type {Promise<IDBDatabase> | null} */ (null) };
});

/** @param {string} account */
function open(account) {
  return (page().opened ??= new Promise((resolve, reject) => {
    const request = indexedDB.open(`pacil-${account}`, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(NAME, { keyPath: "n", autoIncrement: true });
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  }));
}

/** @typedef {import("../outbox/outbox-operations.js").Operation} Operation */

/** @param {string} account @returns {Promise<Operation[]>} */
export const all = async (account) =>
  result((await open(account)).transaction(NAME, "readonly").objectStore(NAME).getAll());

/**
 * Replaces the list with the result of change(list), in one transaction. Rejects if the browser blocks IndexedDB.
 * @param {string} account @param {(list: Operation[]) => Operation[]} change
 */
export async function update(account, change) {
  const database = await Promise.race([open(account), page().late]);
  const work = database.transaction(NAME, "readwrite", { durability: "strict" });
  const kept = work.objectStore(NAME);
  const over = new Promise((resolve, reject) => {
    work.oncomplete = resolve;
    work.onabort = work.onerror = () => reject(work.error);
  });
  over.catch(() => {});
  /** @type {Operation[]} */
  const before = await result(kept.getAll());
  const after = change(before);
  for (const one of before) if (!after.some(({ n }) => n === one.n)) kept.delete(/** @type {number} */ (one.n));
  for (const one of after) if (!before.includes(one)) kept.put(one);
  await over;
}

/** @template Result @param {IDBRequest<Result>} request @returns {Promise<Result>} */
const result = (request) =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
