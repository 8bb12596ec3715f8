// Sends one request without retries. Every failure is an AjaxError. See ajax.js.

import { navigateToSignIn } from "../core/navigation.js";
import { t } from "../core/texts.js";
import { upload } from "./upload.js";

export const defaults = {
  /** Added in front of every URL that begins with "/". */
  base: "",
  /** @type {Record<string, string>} */
  headers: {},
  timeoutMs: 20_000,
  /** Seconds for which a response is cached. */
  ttl: 60,
};

/** The problem (RFC 9457) from the server or, if the server sent none, an error message of the client. */
export class AjaxError extends Error {
  /**
   * @param {string} code @param {string} message @param {number} [status] 0 if there was no response
   * @param {import("../core/types.js").Problem} [problem] @param {number} [retryAfter] in seconds
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
 * @param {(sent: number, total: number) => void} [onProgress] @param {boolean} [isQuiet]
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

/** @param {import("../core/types.js").Problem} problem @param {string | null} [retryAfter] */
export const refusal = (problem, retryAfter) =>
  new AjaxError(problem.code, problem.detail, problem.status, problem, Number(retryAfter ?? 0));

/**
 * If the connection breaks while the body is received, the error is "network" and not "unreadable".
 * @param {Response} response
 */
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
