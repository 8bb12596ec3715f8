import assert from "node:assert/strict";
import { test } from "node:test";
import { AjaxError } from "../../src/Pacil/wwwroot/js/ajax/ajax-error.js";
import { withRetries } from "../../src/Pacil/wwwroot/js/ajax/retry.js";

/** A function that rejects with each failure in turn and then succeeds. @param {object[]} failures */
function failing(...failures) {
  const attempt = async () => {
    attempt.count += 1;
    const failure = failures[attempt.count - 1];
    if (failure) throw failure;
    return "done";
  };
  attempt.count = 0;
  return attempt;
}

/** @param {string} code @param {number} status @param {number} [retryAfter] in seconds */
const failure = (code, status, retryAfter) => new AjaxError(code, "", status, undefined, retryAfter);
const network = failure("network", 0);
const busy = (retryAfter) => failure("unavailable", 503, retryAfter);

for (const passing of [
  network, busy(), failure("timeout", 0), ...[408, 429, 502, 504].map((status) => failure(`${status}`, status)),
])
  test(`${passing.code} may pass, and is tried again`, async () => {
    const attempt = failing(passing);
    assert.equal(await withRetries(attempt), "done");
    assert.equal(attempt.count, 2);
  });

for (const status of [400, 401, 403, 404, 409, 412, 413, 422, 428, 500])
  test(`${status} does not pass, and is said at once`, async () => {
    const attempt = failing(failure("other", status));
    await assert.rejects(withRetries(attempt), { status });
    assert.equal(attempt.count, 1);
  });

test("after four attempts it is given up, with what the last one said", async () => {
  const attempt = failing(network, network, network, busy());
  await assert.rejects(withRetries(attempt), { code: "unavailable" });
  assert.equal(attempt.count, 4);
});

test("the server says how long to wait", async () => {
  const began = performance.now();
  await withRetries(failing(busy(1)));
  assert.ok(performance.now() - began >= 1000);
});

test("a wait that is too long for a person is not begun", async () => {
  const attempt = failing(failure("too_many", 429, 60));
  await assert.rejects(withRetries(attempt), { status: 429 });
  assert.equal(attempt.count, 1);
});

test("aborting does not wait for the next attempt", async () => {
  const end = new AbortController();
  const attempt = failing(busy(9), network);
  setTimeout(() => end.abort(), 20);
  const began = performance.now();
  await assert.rejects(withRetries(attempt, end.signal));
  assert.ok(performance.now() - began < 1000);
});
