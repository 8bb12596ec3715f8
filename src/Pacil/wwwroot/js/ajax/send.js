// Sends one request without retries. Every failure is an AjaxError. See ajax.js.

import { AjaxError, refusal } from "./ajax-error.js";
import { dispatch } from "../core/events.js";
import { navigateToSignIn } from "../core/navigation.js";
import { ofPage } from "../core/page-state.js";
import { t } from "../core/texts.js";
import { as, problem } from "./shapes.js";
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

const requests = ofPage(() => ({ running: 0 }));

/**
 * @param {string} url @param {RequestInit & { headers: Record<string, string>, signal?: AbortSignal }} init
 * @param {(sent: number, total: number) => void} [onProgress] @param {boolean} [isQuiet]
 */
export async function send(url, init, onProgress, isQuiet = false) {
  if (!isQuiet && requests().running++ === 0) dispatch("ajax:busy");
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
    if (!isQuiet && --requests().running === 0) dispatch("ajax:idle");
  }
}

/** @param {Response} response */
async function failure(response) {
  const isProblem = response.headers.get("Content-Type")?.startsWith("application/problem+json");
  if (!isProblem) return new AjaxError("unreadable", t("js.unreadable"), response.status);
  if (response.status === 401) navigateToSignIn();
  return refusal(as(problem, await read(response)), response.headers.get("Retry-After"));
}

/**
 * If the connection breaks while the body is received, the error is "network" and not "unreadable".
 * @param {Response} response @returns {Promise<import("../core/types.js").Json>}
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
