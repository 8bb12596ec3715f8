import assert from "node:assert/strict";
import { test } from "node:test";
import { keyOf, searchable, termsOf } from "../../src/Pacil/wwwroot/js/fold.js";

test("a name is folded as the server folds it", () => {
  assert.equal(keyOf("  Étagère,  WALL "), "etagere, wall");
  assert.deepEqual(["ﬀ", "İstanbul", "ß", "ΟΔΟΣ", "a️b", "①"].map(keyOf), ["ff", "istanbul", "ß", "οδοσ", "ab", "1"]);
});

test("a search finds words by any part of theirs, and by their beginning where it is short", () => {
  const finds = (search, text) => termsOf(search).every((term) => searchable(text).includes(term));
  assert.equal(searchable("Bolt M6 ×20"), "  bolt  m  6  ×  20");
  assert.ok(finds("bolt m", "M8 Bölt"));
  assert.ok(finds("6 olt", "Bolt M6"));
  assert.ok(!finds("ol", "Bolt"));
  assert.ok(!finds("bolt nut", "Bolt"));
});
