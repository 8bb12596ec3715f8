// Requests without page reloads: JSON out and in, the CSRF token along, and every failure as one AjaxError. What fails
// and may pass is tried again, under a key by which the server does it once. Equal GETs at the same time are one.
// Announces itself on the document: "ajax:busy" when the first request leaves, "ajax:idle" when the last is back.

import { retried } from "./retry.js";
import { t } from "./texts.js";

const TIMEOUT_MS = 20_000;

/** Why a request failed: as the server says it, or in words of our own where it could not. */
export class AjaxError extends Error {
  /**
   * @param {string} code stable, snake_case
   * @param {string} message for people
   * @param {import("./types.js").Problem} [problem] the server's own words
   * @param {number} [retryAfter] seconds after which the server wants to be asked again
   */
  constructor(code, message, problem, retryAfter) {
    super(message);
    this.name = "AjaxError";
    this.code = code;
    this.status = problem?.status ?? 0;
    this.errors = problem?.errors ?? {};
    this.problem = problem;
    this.retryAfter = retryAfter;
  }
}

/**
 * @typedef {object} Options
 * @property {unknown} [body] sent as JSON
 * @property {Record<string, string>} [headers]
 * @property {AbortSignal} [signal]
 * @property {string | null} [key] Idempotency-Key; one is made, unless null says that doing it twice does no harm
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

/** A page, parsed; its scripts do not run. @param {string} url @param {AbortSignal} signal */
export async function page(url, signal) {
  const response = await send(url, { headers: { Accept: "text/html" }, signal });
  if (response.redirected) location.assign(response.url);
  return new DOMParser().parseFromString(await response.text(), "text/html");
}

/** GETs under way. @type {Map<string, Promise<any>>} */
const flying = new Map();

/**
 * @param {string} method
 * @param {string} url
 * @param {Options} [options]
 * @returns {Promise<any>} the body, null where there is none
 */
export function request(method, url, options = {}) {
  // One who may end it, or asks otherwise, asks alone.
  if (method !== "GET" || options.signal || options.headers) return ask(method, url, options);
  const answer = flying.get(url) ?? ask(method, url, options).finally(() => flying.delete(url));
  flying.set(url, answer);
  return answer;
}

/** @param {string} method @param {string} url @param {Options} options */
async function ask(method, url, { body, headers, signal, key = uniqueKey() }) {
  const init = {
    method,
    signal,
    body: body === undefined ? undefined : JSON.stringify(body),
    headers: {
      Accept: "application/json",
      ...(body === undefined ? {} : { "Content-Type": "application/json" }),
      ...(method === "GET" ? {} : { "X-CSRFToken": cookie("csrftoken") }),
      ...(method === "GET" || key === null ? {} : { "Idempotency-Key": key }),
      ...headers,
    },
  };
  const response = await retried(() => send(url, init), signal);
  if (response.status === 204) return null;
  const answer = await read(response);
  const seq = response.headers.get("Feed-Seq");
  if (seq) seqs.set(answer, Number(seq));
  return answer;
}

/** @type {WeakMap<object, number>} */
const seqs = new WeakMap();

/** The entry that tells of what this answers, by which it can be taken back. @param {object} answer */
export const seqOf = (answer) => seqs.get(answer);

let running = 0;

/** @param {string} url @param {RequestInit & { signal?: AbortSignal }} init */
async function send(url, init) {
  if (running++ === 0) document.dispatchEvent(new Event("ajax:busy"));
  try {
    const timeout = AbortSignal.timeout(TIMEOUT_MS);
    const signal = init.signal ? AbortSignal.any([init.signal, timeout]) : timeout;
    const response = await fetch(url, { ...init, signal });
    if (!response.ok) throw await failure(response);
    return response;
  } catch (error) {
    if (error instanceof AjaxError || init.signal?.aborted) throw error;
    const isLate = error instanceof DOMException && error.name === "TimeoutError";
    throw new AjaxError(isLate ? "timeout" : "network", t(isLate ? "js.timeout" : "js.network"));
  } finally {
    if (--running === 0) document.dispatchEvent(new Event("ajax:idle"));
  }
}

/** @param {Response} response */
async function failure(response) {
  const isProblem = response.headers.get("Content-Type")?.startsWith("application/problem+json");
  if (!isProblem) return new AjaxError("unreadable", t("js.unreadable"));
  const problem = await read(response);
  const here = location.pathname + location.search;
  if (response.status === 401) location.assign(`/login?next=${encodeURIComponent(here)}`);
  const retryAfter = Number(response.headers.get("Retry-After") ?? 0);
  return new AjaxError(problem.code, problem.detail, problem, retryAfter);
}

/** @param {Response} response */
async function read(response) {
  try {
    return await response.json();
  } catch {
    throw new AjaxError("unreadable", t("js.unreadable"));
  }
}

/** A key that no other request has; randomUUID exists only where the connection is secure. */
export const uniqueKey = () =>
  [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");

/** @param {string} name */
function cookie(name) {
  const found = document.cookie.split("; ").find((part) => part.startsWith(`${name}=`));
  return found ? found.slice(name.length + 1) : "";
}
