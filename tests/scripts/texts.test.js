import assert from "node:assert/strict";
import { test } from "node:test";

const { isolated, number, t, time, whole } = await import("../../src/Pacil/wwwroot/js/core/texts.js");

/** Starts a page in the given language. @param {string} lang */
function open(lang) {
  globalThis.document = /** @type {any} */ ({ documentElement: { lang } });
}

/** Reads a number on a page in the given language. @param {string} lang @param {string} text */
function read(lang, text) {
  open(lang);
  return whole(text);
}

test("a number is read as the page writes it, or not at all", () => {
  for (const text of ["5", "-5", " 12 ", "007", "1 000", "1\u202f000\u202f000", "1\u00a0000", "1000000"]) {
    const value = Number(text.replace(/\s/g, ""));
    assert.deepEqual([read("en", text), read("id", text)], [value, value], text);
  }
  for (const lang of ["en", "id"]) {
    open(lang);
    assert.equal(whole(number(1234567)), 1234567);
  }
  for (const text of ["1.000", "1.5", "1.000.000"]) assert.ok(Number.isNaN(read("en", text)), text);
  for (const text of ["1,000", "1,5", "1,000,000"]) assert.ok(Number.isNaN(read("id", text)), text);
  for (const text of [
    "", "+5", "1e3", "0x10", "١٢", "５", "−5", "1.00.000", "1,00,000", "1 00", "1.000 000", "1.000,00", "--5", "5-",
    ".000",
  ])
    for (const lang of ["en", "id"]) assert.ok(Number.isNaN(read(lang, text)), text);
});

test("a name from the right to the left stays by itself in a sentence", () => {
  assert.equal(t("{0} took {1}", "דנה", 5), "\u2068דנה\u2069 took 5");
  assert.equal(t("{0} took {1}", "Dana", "5 ق"), "Dana took \u20685 ق\u2069");
  for (const text of ["", "Bolt 😀", "螺栓", "ไทย", "𠮷"]) assert.equal(isolated(text), text);
});

test("a format of times is made once, and not before a time is shown", () => {
  const { DateTimeFormat } = Intl;
  let made = 0;
  Intl.DateTimeFormat = /** @type {any} */ (class extends DateTimeFormat {
    constructor(...args) {
      super(...args);
      made += 1;
    }
  });
  try {
    open("en-GB");
    t("Add item");
    assert.equal(made, 0);
    const now = new Date();
    assert.equal(time(now), time(now));
    assert.match(time(now), /^\d\d:\d\d$/);
    assert.equal(made, 1);
    assert.equal(time(new Date(2026, 0, 31, 9, 5)), "31 Jan 2026, 09:05");
    assert.equal(made, 2);
  } finally {
    Intl.DateTimeFormat = DateTimeFormat;
  }
});
