// Requests without page reloads: JSON out and in, the CSRF token along, and every failure as one AjaxError. What fails
// and may pass is tried again, under a key by which the server does it once. Equal GETs at the same time are one, and
// an answer is good until the feed tells of a change that it may be about, or its time is over.
// Announces itself on the document: "ajax:busy" when the first request leaves, "ajax:idle" when the last is back.

import { Answers } from "./response-cache.js";
import { withRetries } from "./retry.js";
import { cookie, defaults, read, send } from "./send.js";

export { AjaxError, defaults, refusal } from "./send.js";

/**
 * @typedef {object} Options
 * @property {unknown} [body] sent as JSON, but for files and forms, which go as they are
 * @property {Record<string, string>} [headers]
 * @property {AbortSignal} [signal]
 * @property {string | null} [key] Idempotency-Key; one is made, unless null says that doing it twice does no harm
 * @property {number} [ttl] seconds for which a GET's answer may serve again
 * @property {number} [attempts] how often it is tried, 4 if nothing is said
 * @property {boolean} [isQuiet] nobody waits for it, so the page is not busy
 * @property {(sent: number, total: number) => void} [onProgress] bytes of the body that have left
 */

/** @typedef {(url: string, options?: Options) => Promise<any>} Bare */
/** @typedef {(url: string, body?: unknown, options?: Options) => Promise<any>} Full */
/** @type {Bare} */
export const get = (url, options) => request("GET", url, options);
/** @type {Full} */
export const post = (url, body, options) => request("POST", url, { ...options, body });
/** @type {Full} */
export const put = (url, body, options) => request("PUT", url, { ...options, body });
/** @type {Full} */
export const patch = (url, body, options) => request("PATCH", url, { ...options, body });
/** @type {Bare} */
export const remove = (url, options) => request("DELETE", url, options);

/** A page, parsed; its scripts do not run. @param {string} url @param {AbortSignal} [signal] */
export async function page(url, signal) {
  const response = await send(url, { headers: { Accept: "text/html" }, signal });
  if (response.redirected) location.assign(response.url);
  return new DOMParser().parseFromString(await response.text(), "text/html");
}

/** For one control, of which the latest request counts: each signal ends the one before. */
export function latest() {
  let current = new AbortController();
  return () => {
    current.abort();
    return (current = new AbortController()).signal;
  };
}

const answers = new Answers();
/** GETs under way. @type {Map<string, Promise<any>>} */
const flying = new Map();

/** What a GET would answer at once, if it can. @param {string} url @returns {any} */
export const known = (url) => answers.fresh(url);

/** @param {import("./types.js").Entry} [entry] what has changed; left out, it may be anything */
function spoil(entry) {
  answers.spoil(entry);
  flying.clear();
}
document.addEventListener("feed:entry", (event) => spoil(/** @type {CustomEvent} */ (event).detail));
document.addEventListener("feed:reset", () => spoil());
document.addEventListener("feed:state", (event) => {
  answers.isLive = /** @type {CustomEvent} */ (event).detail === "live";
});

/**
 * @param {string} method
 * @param {string} url
 * @param {Options} [options]
 * @returns {Promise<any>} the body, null where there is none; it may be given to others too, so it is not changed
 */
export async function request(method, url, options = {}) {
  if (method !== "GET") return ask(method, url, options).finally(() => spoil());
  // One who asks otherwise asks alone.
  if (options.headers) return ask(method, url, options);
  const kept = options.ttl === 0 ? undefined : known(url);
  if (kept !== undefined) return kept;
  // So does one who may end it.
  if (options.signal) return ask(method, url, options);
  const answer = flying.get(url) ?? ask(method, url, options);
  flying.set(url, answer);
  return answer.finally(() => flying.get(url) === answer && flying.delete(url));
}

/** @param {string} method @param {string} url @param {Options} options */
async function ask(method, url, options) {
  const { body, headers, signal, key = uniqueKey(), ttl = defaults.ttl } = options;
  const isRaw = body === undefined || [Blob, FormData, URLSearchParams].some((type) => body instanceof type);
  const etag = method === "GET" && !headers ? answers.etag(url) : null;
  const { round } = answers;
  const init = {
    method,
    signal,
    body: /** @type {BodyInit} */ (isRaw ? body : JSON.stringify(body)),
    headers: {
      Accept: "application/json",
      ...(isRaw ? {} : { "Content-Type": "application/json" }),
      ...(method === "GET" ? {} : { "X-CSRFToken": cookie("csrftoken") }),
      ...(method === "GET" || key === null ? {} : { "Idempotency-Key": key }),
      ...(etag ? { "If-None-Match": etag } : {}),
      ...defaults.headers,
      ...headers,
    },
  };
  const attempt = async () => {
    const response = await send(url, init, options.onProgress, options.isQuiet);
    return { response, answer: response.status === 204 || response.status === 304 ? null : await read(response) };
  };
  const { response, answer } = await withRetries(attempt, signal, options.attempts);
  if (response.status === 304) return answers.renew(url, ttl, round);
  if (answer === null) return null;
  const seq = response.headers.get("Feed-Seq");
  if (seq) seqs.set(answer, Number(seq));
  const isKept = method === "GET" && !headers && !response.headers.get("Cache-Control")?.includes("no-store");
  return isKept ? answers.keep(url, answer, response.headers.get("ETag"), ttl, round) : answer;
}

/** @type {WeakMap<object, number>} */
const seqs = new WeakMap();

/** The entry that tells of what this answers, by which it can be taken back. @param {object} answer */
export const seqOf = (answer) => seqs.get(answer);

/** A key that no other request has; randomUUID exists only where the connection is secure. */
export const uniqueKey = () =>
  [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
