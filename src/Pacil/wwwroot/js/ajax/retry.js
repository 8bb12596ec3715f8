// Retries a request after a transient failure: a lost network connection, or a server that is busy or starting.

import { AjaxError } from "./ajax-error.js";

const ATTEMPTS_MAX = 4;
const PAUSE_MS = 300;
const PAUSE_MAX_MS = 10_000;
const PASSING = new Set([408, 429, 502, 503, 504]);

/**
 * @template T @param {() => Promise<T>} attempt
 * @param {AbortSignal} [signal] @param {number} [attempts] @returns {Promise<T>}
 */
export async function withRetries(attempt, signal, attempts = ATTEMPTS_MAX) {
  for (let n = 1; ; n++)
    try {
      return await attempt();
    } catch (error) {
      if (n === attempts || signal?.aborted || !isTransient(error)) throw error;
      const wait = pauseOf(error, n);
      if (wait > PAUSE_MAX_MS) throw error;
      await pause(wait, signal);
    }
}

/** @param {unknown} error */
export const isTransient = (error) =>
  error instanceof AjaxError && (error.code === "network" || error.code === "timeout" || PASSING.has(error.status));

/** @param {unknown} error */
export const retryAfterMs = (error) => (error instanceof AjaxError ? error.retryAfter ?? 0 : 0) * 1000;

/** Retry-After plus exponential back-off with jitter, in milliseconds. @param {unknown} error @param {number} n */
const pauseOf = (error, n) =>
  retryAfterMs(error) + PAUSE_MS * 2 ** (n - 1) * (0.5 + Math.random());

/** @param {number} ms @param {AbortSignal} [signal] */
const pause = (ms, signal) =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal?.addEventListener("abort", () => {
      clearTimeout(timer);
      resolve(undefined);
    });
  });
