// The scripts apply these rules as the server does: tests/Pacil.Tests/Scripts applies the server's rules to the same
// examples, and writes the golden files.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import texts from "#texts";

const ROOT = new URL("../../", import.meta.url);
/** @param {string} name */
const golden = (name) =>
  JSON.parse(readFileSync(new URL(`tests/Pacil.Tests/Golden/golden/scripts/${name}.json`, ROOT), "utf8"));

/** Starts a page in the given language. @param {string} lang @param {string} [search] the query of its URL */
function open(lang, search = "") {
  const stars = golden("list").items.filter(({ starred }) => starred).map(({ id }) => id).join();
  globalThis.document = /** @type {any} */ (Object.assign(new EventTarget(), {
    documentElement: { lang, dataset: { account: "1" } },
    querySelector: (selector) => (selector === "[data-stars]" ? { dataset: { stars } } : null),
  }));
  globalThis.location = /** @type {any} */ ({ href: `https://pacil.example/?${search}` });
  const file = new URL(`src/Pacil/Web/Language/Texts${lang === "en" ? "" : `.${lang}`}.resx`, ROOT);
  for (const [, key, text] of readFileSync(file, "utf8").matchAll(/<data name="([^"]+)"><value>([^<]*)/g))
    texts[key] = text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
}

open("en");
const { sentence } = await import("../../src/Pacil/wwwroot/js/feed/sentences.js");
const { isUndoable } = await import("../../src/Pacil/wwwroot/js/feed/log.js");
const { validationError } = await import("../../src/Pacil/wwwroot/js/forms/field-validation.js");
const { changeMeanwhile } = await import("../../src/Pacil/wwwroot/js/forms/conflict.js");
const { isolated, number } = await import("../../src/Pacil/wwwroot/js/core/texts.js");
const { showAge } = await import("../../src/Pacil/wwwroot/js/core/ages.js");
const { noteOf } = await import("../../src/Pacil/wwwroot/js/items/rows.js");
const { isBefore } = await import("../../src/Pacil/wwwroot/js/items/row-order.js");
const { belongs, isSearched } = await import("../../src/Pacil/wwwroot/js/items/filter.js");

for (const lang of ["en", "id"]) {
  test(`entries are described as the server describes them (${lang})`, () => {
    open(lang);
    const cases = golden("descriptions");
    assert.ok(cases.length > 70);
    for (const { entry, name, described } of cases)
      assert.deepEqual(sentence(entry, name), described[lang], JSON.stringify(entry));
  });

  test(`fields are valid as on the server (${lang})`, () => {
    open(lang);
    const rules = golden("validation");
    const controls = {
      line: { required: true, maxLength: 10 }, lines: { maxLength: 10, type: "textarea" },
      number: { inputMode: "numeric", dataset: { min: "1", max: "9007199254740991" } },
      password: { required: true, type: "password", minLength: 8, maxLength: 1000 },
      username: { name: "username", required: true, maxLength: 150 },
    };
    // The scripts leave these rules to the server.
    const left = /control_characters|password_too_(common|simple)|password_like/;
    for (const [rule, how] of Object.entries(controls))
      for (const { value, error } of rules[rule]) {
        const control = { type: "text", name: "field", minLength: -1, maxLength: -1, dataset: {}, value, ...how };
        const isLeft = error[lang] === null || left.test(error[lang].key);
        const told = validationError(/** @type {any} */ (control));
        assert.equal(told, isLeft ? "" : error[lang].text, `${rule}: ${JSON.stringify(value)}`);
      }
  });

  test(`numbers and ages are shown as on the server (${lang})`, () => {
    open(lang);
    const { numbers, minutes } = golden("shown");
    for (const { number: value, shown } of numbers) assert.equal(number(value), shown[lang], value);
    for (const [seconds, shown] of Object.entries(minutes)) {
      const at = new Date(Date.now() - Number(seconds) * 1000 - 100).toISOString();
      const element = { textContent: "", getAttribute: () => at };
      showAge(/** @type {any} */ (element));
      assert.equal(element.textContent, shown[lang], seconds);
    }
  });
}

test("the kinds of entries that can be undone are those of the server", () => {
  for (const { entry, is_undoable } of golden("descriptions"))
    assert.equal(isUndoable(entry.kind), is_undoable, entry.kind);
});

test("names are isolated, and descriptions are cut, as on the server", () => {
  const shown = golden("shown");
  for (const [text, expected] of Object.entries(shown.isolated)) assert.equal(isolated(text), expected);
  for (const [text, expected] of Object.entries(shown.notes)) assert.equal(noteOf(text), expected);
});

test("forms are merged as on the server", () => {
  open("en");
  for (const { shown, now, sent, result } of golden("merge")) {
    const control = {
      name: "field", value: sent, dataset: { seen: shown }, setAttribute() {}, removeAttribute() {}, form: null,
    };
    document.createElement = /** @type {any} */ (() => ({ addEventListener() {} }));
    changeMeanwhile(/** @type {any} */ ({ elements: { namedItem: () => control } }), "field", now, "ana");
    const outcome = "asked" in control.dataset ? "contested" : control.value === now ? "untouched" : "mine";
    // A value that the user has not changed becomes the current one.
    assert.equal(outcome, result, `${shown} → ${sent}, now ${now}`);
  }
});

test("the list is sorted as on the server", () => {
  open("en");
  const { items, sorts } = golden("list");
  for (const [sort, ids] of Object.entries(sorts)) {
    const sorted = [...items].reverse().sort((one, other) => (isBefore(one, other, sort) ? -1 : 1));
    assert.deepEqual(sorted.map(({ id }) => id), ids, sort);
  }
});

test("the list is filtered as on the server", () => {
  const { items, filters } = golden("list");
  for (const [filter, values] of Object.entries(filters))
    for (const [value, ids] of Object.entries(values)) {
      open("en", `${filter}=${encodeURIComponent(value)}`);
      const shown = items.filter(({ id, name, description, amount, threshold }) =>
        belongs({ id, isLow: threshold !== null && amount <= threshold, text: `${name} ${description}` }));
      assert.deepEqual(shown.map(({ id }) => id), ids, `${filter}=${JSON.stringify(value)}`);
      assert.equal(isSearched(), filter === "search" && value.trim() !== "");
    }
});
