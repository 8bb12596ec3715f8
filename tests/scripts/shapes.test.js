// The shapes that the scripts expect of responses are those of the server's golden files.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { as, item, list, message, movement, notification, object, numeric, problem } from
  "../../src/Pacil/wwwroot/js/ajax/shapes.js";
import { entries, poll } from "../../src/Pacil/wwwroot/js/feed/feed-shapes.js";

globalThis.document = /** @type {any} */ ({ documentElement: { lang: "en" } });

/** @param {string} name */
const golden = (name) =>
  JSON.parse(readFileSync(new URL(`../Pacil.Tests/Golden/golden/${name}.json`, import.meta.url), "utf8"));

test("responses have the shapes that the scripts expect", () => {
  const state = golden("state");
  assert.ok(list(item)(state["/api/w/10/items"]));
  assert.ok(item(state["/api/w/10/items/1"]));
  assert.ok(list(movement)(state["/api/w/10/items/1/movements"]));
  assert.ok(list(message)(state["/api/w/10/rooms/lobby/messages"]));
  assert.ok(list(notification)(state["/api/notifications"]));
  assert.ok(object({ id: numeric })(state["/api/me"]));
  for (const [name, all] of Object.entries(golden("entries"))) assert.ok(entries(all), name);
  for (const [query, answer] of Object.entries(golden("frames").LongPoll)) assert.ok(poll(answer), query);
});

test("every problem has the shape that the scripts expect", () => {
  const problems = Object.entries(golden("problems"));
  assert.ok(problems.length > 40);
  for (const [code, { en }] of problems) assert.ok(problem(en), code);
});

test("a response of another shape is an error", () => {
  const [bolt] = golden("state")["/api/w/10/items"];
  assert.equal(as(item, bolt), bolt);
  for (const other of [null, undefined, "bolt", [bolt], { ...bolt, amount: "5" }, { ...bolt, name: null }, { id: 1 }])
    assert.throws(() => as(item, other), { code: "unreadable" });
  assert.ok(item({ ...bolt, threshold: null, added_later: true }));
  assert.ok(!list(item)([bolt, {}]));
});
