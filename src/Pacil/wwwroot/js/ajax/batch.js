// Collects concurrent GET requests and sends them in one batch request. Each caller gets its own response or error.

import { get, post, refusal } from "../ajax.js";
import { ofPage } from "../core/page-state.js";
import { anything, as, list, numeric, object, problem, record, text } from "./shapes.js";

const PARTS_MAX = 100;

const answers = object({
  responses: list(object({ status: numeric, headers: record(text), body: anything })),
});

/** @typedef {import("../core/types.js").Json} Json */
/** @typedef {{ resolve: (body: Json) => void, reject: (error: unknown) => void }} Caller */
/** @typedef {Caller & { path: string, mayLack: boolean }} Part */

const waiting = ofPage(() => /** @type {Part[]} */ ([]));

/**
 * If a 404 is expected (mayLack), even a single request is sent as a batch, because browsers log a GET that fails.
 * @param {string} path @param {boolean} [mayLack] @returns {Promise<Json>}
 */
export function batch(path, mayLack = false) {
  return new Promise((resolve, reject) => {
    if (waiting().push({ path, mayLack, resolve, reject }) === 1) queueMicrotask(leave);
  });
}

function leave() {
  const all = waiting().splice(0);
  while (all.length > 0) send(all.splice(0, PARTS_MAX));
}

/** @param {Part[]} parts */
async function send(parts) {
  if (parts.length === 1 && !parts[0].mayLack) return get(parts[0].path).then(parts[0].resolve, parts[0].reject);
  try {
    const requests = parts.map(({ path }) => ({ path }));
    const { responses } = as(answers, await post("/api/batch", { requests }, { key: null }));
    parts.forEach(({ resolve, reject }, n) => {
      const { status, headers, body } = responses[n];
      if (status < 400) resolve(body);
      else reject(refusal(as(problem, body), headers["Retry-After"]));
    });
  } catch (error) {
    for (const { reject } of parts) reject(error);
  }
}
