// What one does to items is shown at once and kept in this browser before it is sent, so that neither a reload nor a
// night without network loses it. It leaves the list when the server or the feed confirms it; what is refused comes
// back to the person. The list is one account's; all its tabs see the same.
// Dispatches on the document "outbox:changed"; "outbox:kept" when what one has just done waits for a connection;
// "outbox:refused" with { problem }; "outbox:done" with { operation, answer }: by the feed only the id and version.

import { AjaxError, refusal, uniqueKey } from "./ajax.js";
import { channel } from "./channel.js";
import { OutboxSender, sendOnce } from "./outbox-sender.js";
import { detail } from "./dom.js";
import { pendingFor, withoutDiscarded, withoutSent } from "./outbox-operations.js";
import * as store from "./indexeddb-list.js";

/** @typedef {import("./outbox-operations.js").Operation} Operation */

/** So long one waits to see what becomes of what one has just done; then it goes on by itself. */
const PATIENCE_MS = 2_000;
const account = document.documentElement.dataset.account ?? "";
const others = channel("outbox");
const courier = new OutboxSender(account, announce);

/** @type {Operation[]} */
let waiting = [];
/** Keys of what is done, even if the answer is still on its way. @type {Set<string>} */
const over = new Set();
/** What the server calls what has been created. @type {Map<string, { item: string, version: number }>} */
const born = new Map();
/** Who waits to see what becomes of it. @type {Map<string, PromiseWithResolvers<any>>} */
const patient = new Map();

/** All that is not confirmed, in order. */
export const list = () => waiting;

/** What waits for an item. @param {string} item */
export const pendingOf = (item) => pendingFor(waiting, item);

export async function mountOutbox() {
  if (!account) return;
  others?.addEventListener("message", ({ data: [event, key, value] }) => hear(event, key, value));
  addEventListener("online", send);
  document.addEventListener("feed:state", (event) => detail(event) === "live" && send());
  document.addEventListener("feed:entry", (event) => {
    const { key, subject, version } = detail(event);
    if (waiting.some((one) => one.key === key)) done(key, { id: subject.id, version });
  });
  await refresh();
  send();
}

/** Sends what waits without waiting any longer. */
export const send = () => void (waiting.length > 0 && courier.run());

/**
 * Does it now or as soon as possible. It is shown once it is stored, because the person may then leave the page.
 * @param {Omit<Operation, "key">} what
 * @returns {Promise<any>} the server's answer; undefined while there is none; fails where it is refused at once
 */
export async function deliver(what) {
  const key = uniqueKey();
  const operation = { ...what, key };
  const outcome = Promise.withResolvers();
  patient.set(key, outcome);
  try {
    await change((all) => [...all, { ...operation, ...born.get(what.item) }]);
    courier.run();
    setTimeout(outcome.resolve, PATIENCE_MS);
    const answer = await outcome.promise;
    if (answer === undefined) document.dispatchEvent(new Event("outbox:kept"));
    return answer;
  } catch (error) {
    // Without a place to keep it, it is done now or not at all.
    if (error instanceof AjaxError) throw error;
    const now = { ...operation, ...born.get(what.item) };
    show([...waiting, now]);
    return await sendOnce(now).then((answer) => done(key, answer))
      .finally(() => show(waiting.filter((one) => one.key !== key)));
  } finally {
    patient.delete(key);
  }
}

/** The person lets it be, and what needs it. @param {string} key */
export const discard = (key) => change((all) => withoutDiscarded(all, key));

/** The person wants it all the same, in place of what is there now. @param {string} key */
export async function sendAnyway(key) {
  await change((all) => all.map((one) => {
    const { problem, ...again } = one;
    const { current } = /** @type {any} */ (problem ?? {});
    return one.key === key ? { ...again, version: current?.version ?? one.version } : one;
  }));
  send();
}

/** @param {(all: Operation[]) => Operation[]} how */
export async function change(how) {
  await store.update(account, how);
  announce("changed");
}

/** @param {string} event @param {string} [key] @param {any} [value] */
function announce(event, key, value) {
  others?.postMessage([event, key, value]);
  hear(event, key, value);
}

/** @param {string} event @param {string} [key] @param {any} [value] */
function hear(event, key = "", value) {
  if (event === "done") {
    done(key, value);
    patient.get(key)?.resolve(value);
  } else if (event === "refused") refused(key, value);
  else if (event === "changed") refresh();
  else for (const { resolve } of patient.values()) resolve(undefined);
}

/** @param {string} key @param {any} answer */
function done(key, answer) {
  const operation = waiting.find((one) => one.key === key);
  over.add(key);
  if (operation?.kind === "create" && answer) born.set(`~${key}`, { item: String(answer.id), version: answer.version });
  if (operation) document.dispatchEvent(new CustomEvent("outbox:done", { detail: { operation, answer } }));
  show(withoutSent(waiting, key, answer));
  return answer;
}

/**
 * A caller that still waits gets the error, and the operation is dropped; else it waits for the person's choice.
 * @param {string} key @param {any} problem
 */
function refused(key, problem) {
  const person = waiting.some(({ item }) => item === `~${key}`) ? undefined : patient.get(key);
  if (person) return void discard(key).finally(() => person.reject(refusal(problem)));
  show(waiting.map((one) => (one.key === key ? { ...one, problem } : one)));
  document.dispatchEvent(new CustomEvent("outbox:refused", { detail: { problem } }));
}

async function refresh() {
  const kept = await store.all(account).catch(() => []);
  show([...kept, ...waiting.filter(({ key }) => patient.has(key) && kept.every((one) => one.key !== key))]);
}

/** @param {Operation[]} all */
function show(all) {
  waiting = all.filter(({ key }) => !over.has(key));
  document.dispatchEvent(new Event("outbox:changed"));
}
