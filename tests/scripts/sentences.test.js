import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import texts from "#texts";

globalThis.document = /** @type {any} */ ({ documentElement: { lang: "en" } });
const { sentence } = await import("../../src/Pacil/wwwroot/js/feed/sentences.js");

const SAID = /<data name="(js\.[^"]+)"><value>([^<]*)/g;

/** @param {string} language */
const speak = (language) => {
  const file = new URL(`../../src/Pacil/Web/Language/Texts${language}.resx`, import.meta.url);
  Object.assign(texts, Object.fromEntries(
    [...readFileSync(file, "utf8").matchAll(SAID)].map(([, key, text]) => [key, text])));
};

/** @param {string} kind */
function said(kind, data = {}) {
  const entry = { kind, data, actor: { id: 1, name: "ana" }, subject: { type: "workspace", id: 7 } };
  const { before, subject, after } = /** @type {any} */ (sentence(/** @type {any} */ (entry), undefined));
  return before + subject + after;
}

test("a workspace that is made, closed or opened again is told in words", () => {
  speak("");
  assert.equal(said("workspace_created", { name: "Lab" }), "ana created the workspace Lab");
  assert.equal(said("workspace_closed"), "ana closed the workspace");
  assert.equal(said("workspace_reopened"), "ana reopened the workspace");
  assert.equal(said("of_the_future"), "ana: of_the_future");
  speak(".id");
  assert.equal(said("workspace_created", { name: "Lab" }), "ana membuat ruang kerja Lab");
  assert.equal(said("workspace_closed"), "ana menutup ruang kerja");
  assert.equal(said("workspace_reopened"), "ana membuka lagi ruang kerja");
});

test("a quoted text is cut between two characters, never inside one", () => {
  speak("");
  assert.match(said("message_posted", { text: `${"a".repeat(59)}😀 and more` }), /(?<!a)a{59}…/);
  assert.match(said("message_posted", { text: `${"a".repeat(58)}😀 and more` }), /(?<!a)a{58}😀…/);
});
