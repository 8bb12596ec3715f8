// One request, sent once: its answer, or why there is none, as an AjaxError; see ajax.js.

import { navigateToSignIn } from "./navigation.js";
import { t } from "./texts.js";
import { upload } from "./upload.js";

/** What holds for every request that does not say otherwise. */
export const defaults = {
  /** Before every address that begins with "/". */
  base: "",
  /** @type {Record<string, string>} */
  headers: {},
  timeoutMs: 20_000,
  /** Seconds for which an answer may serve again. */
  ttl: 60,
};

/** Why a request failed: as the server says it, or in words of our own where it could not. */
export class AjaxError extends Error {
  /**
   * @param {string} code stable, snake_case
   * @param {string} message for people
   * @param {number} [status] 0 where there was no answer
   * @param {import("./types.js").Problem} [problem] the server's own words
   * @param {number} [retryAfter] seconds after which the server wants to be asked again
   */
  constructor(code, message, status = 0, problem, retryAfter) {
    super(message);
    this.name = "AjaxError";
    this.code = code;
    this.status = status;
    this.errors = problem?.errors ?? {};
    this.problem = problem;
    this.retryAfter = retryAfter;
  }
}

let running = 0;

/**
 * @param {string} url @param {RequestInit & { headers: Record<string, string>, signal?: AbortSignal }} init
 * @param {(sent: number, total: number) => void} [onProgress] bytes
 * @param {boolean} [isQuiet] nobody waits for it
 */
export async function send(url, init, onProgress, isQuiet = false) {
  if (!isQuiet && running++ === 0) document.dispatchEvent(new Event("ajax:busy"));
  try {
    const timeout = AbortSignal.timeout(defaults.timeoutMs);
    const signal = init.signal ? AbortSignal.any([init.signal, timeout]) : timeout;
    const address = url.startsWith("/") ? defaults.base + url : url;
    const sent = { ...init, signal };
    const response = await (onProgress ? upload(address, sent, onProgress) : fetch(address, sent));
    if (!response.ok && response.status !== 304) throw await failure(response);
    return response;
  } catch (error) {
    if (error instanceof AjaxError || init.signal?.aborted) throw error;
    const isLate = error instanceof DOMException && error.name === "TimeoutError";
    throw new AjaxError(isLate ? "timeout" : "network", t(isLate ? "js.timeout" : "js.network"));
  } finally {
    if (!isQuiet && --running === 0) document.dispatchEvent(new Event("ajax:idle"));
  }
}

/** @param {Response} response */
async function failure(response) {
  const isProblem = response.headers.get("Content-Type")?.startsWith("application/problem+json");
  if (!isProblem) return new AjaxError("unreadable", t("js.unreadable"), response.status);
  if (response.status === 401) navigateToSignIn();
  return refusal(await read(response), response.headers.get("Retry-After"));
}

/** @param {import("./types.js").Problem} problem @param {string | null} [retryAfter] seconds */
export const refusal = (problem, retryAfter) =>
  new AjaxError(problem.code, problem.detail, problem.status, problem, Number(retryAfter ?? 0));

/** The body, or why it cannot be had: half of it is as good as none. @param {Response} response */
export async function read(response) {
  try {
    return await response.json();
  } catch (error) {
    const isWhole = error instanceof SyntaxError;
    throw new AjaxError(isWhole ? "unreadable" : "network", t(isWhole ? "js.unreadable" : "js.network"));
  }
}

/** @param {string} name */
export function cookie(name) {
  const found = document.cookie.split("; ").find((part) => part.startsWith(`${name}=`));
  return found ? found.slice(name.length + 1) : "";
}
