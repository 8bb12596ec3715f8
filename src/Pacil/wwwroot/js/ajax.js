// HTTP requests with JSON bodies and the CSRF token. Every failure is an AjaxError. All attempts of a write carry the
// same Idempotency-Key, so that a retry has no second effect. Concurrent GET requests for the same URL share one
// response. Responses are cached; see response-cache.js. Dispatches "ajax:busy" on the document when the first of
// several concurrent requests starts, and "ajax:idle" when the last one ends.

import { Answers } from "./ajax/response-cache.js";
import { withRetries } from "./ajax/retry.js";
import { cookie, defaults, read, send } from "./ajax/send.js";
import { listen } from "./core/events.js";
import { ofPage } from "./core/page-state.js";

export { AjaxError, refusal } from "./ajax/ajax-error.js";
export { defaults } from "./ajax/send.js";

/**
 * @typedef {object} Options
 * @property {object} [body] sent as JSON, unless it is a Blob, FormData or URLSearchParams
 * @property {Record<string, string>} [headers]
 * @property {AbortSignal} [signal]
 * @property {string | null} [key] the Idempotency-Key; random by default; null if a repeated request is harmless
 * @property {number} [ttl] seconds for which the response to a GET is cached
 * @property {number} [attempts] maximum number of attempts; 4 by default
 * @property {boolean} [isQuiet] true to dispatch neither "ajax:busy" nor "ajax:idle"
 * @property {(sent: number, total: number) => void} [onProgress] both numbers in bytes
 */

/** @typedef {import("./core/types.js").Json} Json */
/** @typedef {(url: string, options?: Options) => Promise<Json>} Bare */
/** @typedef {(url: string, body?: Options["body"], options?: Options) => Promise<Json>} Full */
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

/** Fetches and parses an HTML page. Its scripts do not run. @param {string} url @param {AbortSignal} [signal] */
export async function page(url, signal) {
  const response = await send(url, { headers: { Accept: "text/html" }, signal });
  if (response.redirected) location.assign(response.url);
  return new DOMParser().parseFromString(await response.text(), "text/html");
}

/** Returns a function that, at each call, aborts the signal of the previous call and returns a new signal. */
export function latest() {
  let current = new AbortController();
  return () => {
    current.abort();
    return (current = new AbortController()).signal;
  };
}

const cached = ofPage(() => {
  /** Running GET requests, by URL. @type {Map<string, Promise<Json>>} */
  const flying = new Map();
  const answers = new Answers();
  listen("feed:entry", spoil);
  listen("feed:reset", () => spoil());
  listen("feed:state", (state) => (answers.isLive = state === "live"));
  return { answers, flying };
});
// Created at once, to hear of the feed before the first request.
cached();

/** The cached response, if it is fresh. @param {string} url */
export const known = (url) => cached().answers.fresh(url);

/** @param {import("./feed/feed-types.js").Entry} [entry] the change; if undefined, any resource may have changed */
function spoil(entry) {
  const { answers, flying } = cached();
  answers.spoil(entry);
  flying.clear();
}

/**
 * @param {string} method @param {string} url @param {Options} [options]
 * @returns {Promise<Json>} the response body or null. Must not be changed: other callers may get the same object
 */
export async function request(method, url, options = {}) {
  if (method !== "GET") return ask(method, url, options).finally(() => spoil());
  // The response may depend on the headers, so a request with headers is neither shared nor cached.
  if (options.headers) return ask(method, url, options);
  const kept = options.ttl === 0 ? undefined : known(url);
  if (kept !== undefined) return kept;
  // A request with a signal is not shared, because one caller's abort would end the request for every caller.
  if (options.signal) return ask(method, url, options);
  const { flying } = cached();
  const answer = flying.get(url) ?? ask(method, url, options);
  flying.set(url, answer);
  return answer.finally(() => flying.get(url) === answer && flying.delete(url));
}

/** @param {string} method @param {string} url @param {Options} options @returns {Promise<Json>} */
async function ask(method, url, options) {
  const { body, headers, signal, key = uniqueKey(), ttl = defaults.ttl } = options;
  const isRaw = body === undefined || [Blob, FormData, URLSearchParams].some((type) => body instanceof type);
  const { answers } = cached();
  const { round } = answers;
  const etag = method === "GET" && !headers ? answers.etag(url) : null;
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
  if (seq && answer instanceof Object) seqs.set(answer, Number(seq));
  const isKept = method === "GET" && !headers && !response.headers.get("Cache-Control")?.includes("no-store");
  return isKept ? answers.keep(url, answer, response.headers.get("ETag"), ttl, round) : answer;
}

/** @type {WeakMap<object, number>} */
const seqs = new WeakMap();

/**
 * The sequence number (Feed-Seq) of the feed entry that a request has written, by the response to this request;
 * undefined if there is no entry.
 * @param {Json} answer
 */
export const seqOf = (answer) => (answer instanceof Object ? seqs.get(answer) : undefined);

/** A random key. crypto.randomUUID is not used, because it exists only on secure connections. */
export const uniqueKey = () =>
  [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
