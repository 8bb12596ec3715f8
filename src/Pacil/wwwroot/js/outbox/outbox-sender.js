// Sends the operations of the outbox in order, and retries until the server responds. With Web Locks, one tab sends for
// all tabs. Operations are sent only while the account that created them is signed in.

import { AjaxError, get, request } from "../ajax.js";
import { item, movement } from "../ajax/shapes.js";
import { isContested, nextToSend, requestOf, withoutSent } from "./outbox-operations.js";
import { isTransient, retryAfterMs } from "../ajax/retry.js";
import { accountId } from "../core/session.js";
import { cookie } from "../ajax/send.js";
import * as store from "../core/indexeddb-list.js";

const PAUSE_MS = 500;
const PAUSE_MAX_MS = 60_000;

/** @typedef {import("./outbox-operations.js").Operation} Operation */

/** @typedef {import("./outbox-operations.js").Answer} Answer */
/** @typedef {import("../core/types.js").Problem} Problem */
/**
 * A message about an operation. "kept" means that nothing can be sent at the moment.
 * @typedef {[event: "done", key: string, value: Answer | null] | [event: "refused", key: string, value: Problem]
 *   | [event: "kept" | "changed", key?: undefined, value?: undefined]} News
 */

/**
 * @param {Operation} operation @param {{ headers?: Record<string, string>, attempts?: number }} [options]
 * @returns {Promise<Answer | null>} null if the response is neither an item nor a movement
 */
export async function sendOnce(operation, { headers, attempts } = {}) {
  const [method, address, ifMatch] = requestOf(operation);
  const { body, key } = operation;
  const all = { ...headers, ...(ifMatch ? { "If-Match": ifMatch } : {}) };
  const answer = await request(method, address, { body, key, attempts, headers: all });
  return item(answer) || movement(answer) ? answer : null;
}

export class OutboxSender {
  #account;
  #tell;
  #isRunning = false;
  #isAgain = false;
  #failures = 0;
  #timer = 0;
  /** CSRF token of a session that is known to belong to this account. */
  #token = "";

  /** @param {string} account @param {(...news: News) => void} tell */
  constructor(account, tell) {
    this.#account = account;
    this.#tell = tell;
  }

  async run() {
    clearTimeout(this.#timer);
    this.#isAgain = true;
    if (this.#isRunning) return;
    this.#isRunning = true;
    while (this.#isAgain) {
      this.#isAgain = false;
      await this.#alone(() => this.#sendAll()).then(() => (this.#failures = 0), (error) => this.#wait(error));
    }
    this.#isRunning = false;
  }

  /**
   * Runs the work in one tab at a time. Without Web Locks, two tabs can send the same operation, but the operation's
   * Idempotency-Key prevents a second effect.
   * @param {() => Promise<void>} work
   */
  #alone = (work) => ("locks" in navigator ? navigator.locks.request(`pacil-outbox-${this.#account}`, work) : work());

  /** @param {unknown} error */
  #wait(error) {
    // If the browser is online, the first failure is not reported, because the first retry may succeed.
    if (this.#failures > 0 || !navigator.onLine) this.#tell("kept");
    const pause = Math.min(PAUSE_MS * 2 ** this.#failures++, PAUSE_MAX_MS) * (0.5 + Math.random());
    this.#timer = window.setTimeout(() => this.run(), Math.max(pause, retryAfterMs(error)));
  }

  async #sendAll() {
    for (let one; (one = nextToSend(await store.all(this.#account))); ) {
      await this.#makeSure();
      await this.#send(one);
    }
  }

  /** Checks which account is signed in. Every sign-in renews the CSRF token, so one check for each token is enough. */
  async #makeSure() {
    const token = cookie("csrftoken");
    if (this.#token === token) return;
    const me = accountId(await get("/api/me", { headers: {}, attempts: 1 }));
    if (String(me) !== this.#account) throw new Error("Somebody else is signed in.");
    this.#token = token;
  }

  /** @param {Operation} operation */
  async #send(operation) {
    const { key } = operation;
    try {
      const answer = await sendOnce(operation, { headers: { "X-CSRFToken": this.#token }, attempts: 1 });
      await this.#settle(key, answer);
    } catch (error) {
      if (!(error instanceof AjaxError) || !error.problem || isTransient(error)) throw error;
      if (error.code === "csrf") this.#token = "";
      if (error.code === "csrf" || error.status === 401) throw error;
      if (error.code === "already_applied") await this.#settle(key, null);
      else await this.#refused(operation, error.problem);
    }
  }

  /** @param {string} key @param {Answer | null} answer */
  async #settle(key, answer) {
    await store.update(this.#account, (all) => withoutSent(all, key, answer));
    this.#tell("done", key, answer);
  }

  /**
   * If the conflict is only in fields that the operation does not set, sends the operation again with the item's
   * current version. Otherwise stores the operation as refused.
   * @param {Operation} operation @param {Problem} problem
   */
  async #refused(operation, problem) {
    const { key } = operation;
    const isRebased = problem.code === "version_conflict" && !isContested(operation, problem);
    const now = isRebased ? { version: Number(problem.current?.version) } : { problem };
    await store.update(this.#account, (all) => all.map((one) => (one.key === key ? { ...one, ...now } : one)));
    if (!isRebased) this.#tell("refused", key, problem);
  }
}
