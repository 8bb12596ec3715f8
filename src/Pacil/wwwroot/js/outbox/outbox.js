// Shows the user's operations on items immediately and stores them in this browser before they are sent. So no
// operation is lost by a reload or a lost network. A response or a feed entry confirms an operation. The tabs of an
// account share its outbox. Dispatches on the document: "outbox:changed"; "outbox:kept" when an operation waits for a
// connection; "outbox:refused" with the problem; "outbox:done" with the operation and the answer.

import { AjaxError, refusal, uniqueKey } from "../ajax.js";
import { channel } from "../core/channel.js";
import { OutboxSender, sendOnce } from "./outbox-sender.js";
import { dispatch, listen } from "../core/events.js";
import { ofPage } from "../core/page-state.js";
import { pendingFor, withoutDiscarded, withoutProblem, withoutSent } from "./outbox-operations.js";
import * as store from "../core/indexeddb-list.js";

/** @typedef {import("./outbox-operations.js").Operation} Operation */
/** @typedef {import("./outbox-operations.js").Answer} Answer */
/** @typedef {Answer | null | undefined} Outcome */
/** @typedef {import("./outbox-sender.js").News} News */

/** A caller of deliver() waits this long for the response. After that, the operation continues in the background. */
const PATIENCE_MS = 2_000;
const account = () => document.documentElement.dataset.account ?? "";
const page = ofPage(() => ({
  others: channel("outbox"),
  courier: new OutboxSender(account(), announce),
  /** @type {Operation[]} */
  waiting: [],
  /** Keys of confirmed operations. The feed may confirm an operation before the response. @type {Set<string>} */
  over: new Set(),
  /** Items created on the server, by temporary id "~KEY". @type {Map<string, { item: string, version: number }>} */
  born: new Map(),
  /** Waiting callers of deliver(), by the operation's key. @type {Map<string, PromiseWithResolvers<Outcome>>} */
  patient: new Map(),
}));

export const list = () => page().waiting;

/** @param {string} item */
export const pendingOf = (item) => pendingFor(list(), item);

export async function mountOutbox() {
  if (!account()) return;
  page().others?.addEventListener("message", ({ data }) => hear(...data));
  addEventListener("online", send);
  listen("feed:state", (state) => state === "live" && send());
  listen("feed:entry", ({ key, subject, version }) => {
    if (key && list().some((one) => one.key === key)) done(key, { id: subject.id, version });
  });
  await refresh();
  send();
}

export const send = () => void (list().length > 0 && page().courier.run());

/**
 * Stores an operation, then shows it and sends it. A user who sees the operation can leave the page without losing it.
 * @param {import("./outbox-operations.js").Wanted} what
 * @returns {Promise<Outcome>} undefined if no response arrives within PATIENCE_MS; rejects on a refusal
 */
export async function deliver(what) {
  const { born, courier, patient } = page();
  const key = uniqueKey();
  const operation = { ...what, key };
  /** @type {PromiseWithResolvers<Outcome>} */
  const outcome = Promise.withResolvers();
  patient.set(key, outcome);
  try {
    await change((all) => [...all, { ...operation, ...born.get(what.item) }]);
    courier.run();
    setTimeout(() => outcome.resolve(undefined), PATIENCE_MS);
    const answer = await outcome.promise;
    if (answer === undefined) dispatch("outbox:kept");
    return answer;
  } catch (error) {
    // The browser cannot store the operation, so the operation is sent now, and is lost if sending fails.
    if (error instanceof AjaxError) throw error;
    const now = { ...operation, ...born.get(what.item) };
    show([...list(), now]);
    return await sendOnce(now).then((answer) => done(key, answer))
      .finally(() => show(list().filter((one) => one.key !== key)));
  } finally {
    patient.delete(key);
  }
}

/** @param {string} key */
export const discard = (key) => change((all) => withoutDiscarded(all, key));

/** Sends a refused operation again, with the item's current version. @param {string} key */
export async function sendAnyway(key) {
  await change((all) => withoutProblem(all, key));
  send();
}

/** @param {(all: Operation[]) => Operation[]} how */
export async function change(how) {
  await store.update(account(), how);
  announce("changed");
}

/** @param {News} news */
function announce(...news) {
  page().others?.postMessage(news);
  hear(...news);
}

/** @param {News} news */
function hear(...[event, key, value]) {
  const { patient } = page();
  if (event === "done") {
    done(key, value);
    patient.get(key)?.resolve(value);
  } else if (event === "refused") refused(key, value);
  else if (event === "changed") refresh();
  else for (const { resolve } of patient.values()) resolve(undefined);
}

/** @param {string} key @param {Answer | null} answer */
function done(key, answer) {
  const { born, over } = page();
  const operation = list().find((one) => one.key === key);
  over.add(key);
  if (operation?.kind === "create" && answer) born.set(`~${key}`, { item: String(answer.id), version: answer.version });
  if (operation) dispatch("outbox:done", { operation, answer });
  show(withoutSent(list(), key, answer));
  return answer;
}

/**
 * If the caller of deliver() still waits, and no other operation needs the refused operation, the refused operation is
 * discarded and the caller gets the error. Otherwise the operation waits for the user's decision.
 * @param {string} key @param {import("../core/types.js").Problem} problem
 */
function refused(key, problem) {
  const person = list().some(({ item }) => item === `~${key}`) ? undefined : page().patient.get(key);
  if (person) return void discard(key).finally(() => person.reject(refusal(problem)));
  show(list().map((one) => (one.key === key ? { ...one, problem } : one)));
  dispatch("outbox:refused", problem);
}

async function refresh() {
  const { patient } = page();
  const kept = await store.all(account()).catch(() => []);
  show([...kept, ...list().filter(({ key }) => patient.has(key) && kept.every((one) => one.key !== key))]);
}

/** @param {Operation[]} all */
function show(all) {
  page().waiting = all.filter(({ key }) => !page().over.has(key));
  dispatch("outbox:changed");
}
