import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { isLess, keyOf, searchText, termsOf } from "../../src/Pacil/wwwroot/js/core/text-folding.js";

const finds = (search, text) => termsOf(search).every((term) => searchText(text).includes(term));

test("texts of many scripts are folded as the server folds them, whose test reads the same file", () => {
  const texts = JSON.parse(readFileSync(new URL("folded.json", import.meta.url), "utf8"));
  assert.ok(texts.length > 30);
  for (const { text, ...folded } of texts) assert.deepEqual({ key: keyOf(text), searchable: searchText(text) }, folded);
});

test("a search finds words by any part of theirs, and by their beginning where it is short", () => {
  assert.ok(finds("bolt m", "M8 Bölt"));
  assert.ok(finds("6 olt", "Bolt M6"));
  assert.ok(!finds("ol", "Bolt"));
  assert.ok(!finds("bolt nut", "Bolt"));
  assert.ok(!finds("\u0001", "Bolt"));
  assert.ok(!finds("bo\u0001lt", "bo lt"));
});

test("letters without blanks between them and pictures are found wherever they stand, and however many", () => {
  for (const [search, text] of [
    ["都", "東京都地図"], ["ไม้", "ป่าไม้"], ["자", "줄자"], ["트", "볼트"], ["🔋", "🔧🔋 pack"], ["🇵🇱", "🇮🇩🇵🇱"],
    ["𠮷", "新𠮷野家"],
  ])
    assert.ok(finds(search, text), search);
  assert.ok(!finds("都京", "東京都地図"));
});

test("keys are compared by code points, and cut where the server cuts them", () => {
  assert.ok(isLess("\ufb00", "\u{1f600}"));
  assert.ok(isLess("a", "ab") && !isLess("ab", "a") && !isLess("a", "a"));
  assert.ok(isLess(keyOf("Bolt M2"), keyOf("Bolt M10")));
  assert.equal(keyOf("x".repeat(300)).length, 200);
  assert.equal(keyOf(`x${"😀".repeat(150)}`).length, 199);
});
