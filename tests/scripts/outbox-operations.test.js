import assert from "node:assert/strict";
import { test } from "node:test";
import {
  isContested, nextToSend, pendingFor, requestOf, withoutDiscarded, withoutSent, withPending,
} from "../../src/Pacil/wwwroot/js/outbox/outbox-operations.js";

const items = "/api/items";
const of = (kind, key, item = "", more = {}) => ({ kind, key, item, items, name: "Bolt", ...more });
const create = of("create", "a", "", { body: { name: "Bolt", amount: 5, unit: null } });
const take = of("move", "b", "~a", { body: { delta: -2 } });
const rename = of("change", "c", "~a", { body: { name: "Nut", threshold: null }, version: null });

test("an item is as the server said it, with what waits on top, in order", () => {
  const seen = { name: "", amount: 0, unit: "" };
  assert.deepEqual(
    withPending(seen, pendingFor([create, take, rename], "~a")),
    { name: "Nut", amount: 3, unit: "", threshold: null });
  assert.deepEqual(withPending({ amount: 1 }, [take]), { amount: 0 });
  assert.equal(withPending({ amount: 1 }, [of("archive", "d", "7")]).isGone, true);
  assert.deepEqual(withPending(seen, pendingFor([{ ...create, problem: { code: "x" } }], "~a")), seen);
});

test("each asks for what it does", () => {
  assert.deepEqual(requestOf(create), ["POST", "/api/items", null]);
  assert.deepEqual(requestOf(of("move", "b", "7")), ["POST", "/api/items/7/movements", null]);
  assert.deepEqual(requestOf(of("change", "c", "7", { version: 3 })), ["PATCH", "/api/items/7", '"3"']);
  assert.deepEqual(requestOf(of("archive", "d", "7")), ["DELETE", "/api/items/7", null]);
  assert.deepEqual(requestOf(of("restore", "e", "7")), ["POST", "/api/items/7/restore", null]);
});

test("what was done to an item that is only about to be created waits for it, and then is done to that", () => {
  assert.equal(nextToSend([create, take]), create);
  assert.equal(nextToSend([{ ...create, problem: {} }, take, rename]), undefined);
  const later = withoutSent([create, take, rename], "a", { id: 7, version: 1 });
  assert.deepEqual(later.map(({ item }) => item), ["7", "7"]);
  assert.equal(later[1].version, 1);
  assert.equal(nextToSend(later).key, "b");
});

test("one's own change before does not make the next one late; another's does", () => {
  const [first, second] = [of("move", "f", "7"), of("change", "g", "7", { version: 4, body: { name: "Nut" } })];
  assert.equal(withoutSent([first, second], "f", { id: 1, version: 5 })[0].version, 5);
  assert.equal(withoutSent([first, second], "f", { id: 1, version: 6 })[0].version, 4);
  assert.deepEqual(withoutSent([second], "f", { version: 5 }), [second]);
});

test("a field that only oneself has changed is not contested", () => {
  const [unit, again] = ["A", "B"].map((unit, n) => of("change", `u${n}`, "7", { version: 3, body: { unit } }));
  // Another person has taken one piece after version 3, so the first change was sent again with version 4.
  const [waiting] = withoutSent([{ ...unit, version: 4 }, again], "u0", { id: 7, version: 5 });
  const problem = { differing: ["amount", "unit"], current: { unit: "A", amount: 1 } };
  assert.equal(waiting.version, 3);
  assert.equal(isContested(waiting, problem), false);
  assert.equal(isContested(waiting, { ...problem, current: { unit: "C", amount: 1 } }), true);
});

test("what is refused holds up nothing but what needs it", () => {
  const other = of("move", "h", "9");
  assert.equal(nextToSend([{ ...take, item: "7", problem: {} }, other]), other);
  assert.deepEqual(withoutDiscarded([create, take, rename, other], "a"), [other]);
});

test("a change is contested where somebody else set the same field to something else", () => {
  const change = of("change", "i", "7", { body: { name: "Nut", unit: null } });
  const problem = (differing, current) => ({ differing, current });
  assert.equal(isContested(change, problem(["name"], { name: "Screw" })), true);
  assert.equal(isContested(change, problem(["name"], { name: "Nut" })), false);
  assert.equal(isContested(change, problem(["unit"], { unit: "" })), false);
  assert.equal(isContested(change, problem(["amount"], { amount: 1 })), false);
});
