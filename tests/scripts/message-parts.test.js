// The server divides messages into the same parts (Chat/MessageFormatter.cs). So this test uses the cases of the
// server's test, SendMessageTests.cs.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

/** @param {string} name */
const element = (name) => ({ name, href: "", textContent: "" });
Object.assign(globalThis, {
  document: {
    documentElement: { dataset: { me: "สมศรี" } },
    createElement: element,
    createTextNode: (/** @type {string} */ text) => ({ ...element("#text"), textContent: text }),
  },
});
const { messageNodes } = await import("../../src/Pacil/wwwroot/js/chat/message-parts.js");

/** @param {string} text @returns {any[]} */
const parts = (text) => messageNodes(text);

/** @param {string} text */
const links = (text) => parts(text).filter(({ name }) => name === "a").map(({ href }) => href);

test("an address that reads as another is no link", () => {
  for (const address of [
    "https://bank.example@evil.example/", "https://bank.example:secret@evil.example", "http://@evil.example",
    "https://bank.example/\u202Emoc.live", "https://bank\u200B.example/", "https://bank\u3164.example/",
  ])
    assert.deepEqual(
      links(`See ${address} and https://pacil.example/@ana?to=a@b.`), ["https://pacil.example/@ana?to=a@b"]);
});

test("a name is called with its marks", () => {
  const marked = parts("Hello @สมศรี!").find(({ name }) => name === "mark");
  assert.equal(marked?.textContent, "@สมศรี");
});

/** Joins the parts by |, with links as <…> and mentions of the user as […]. @param {string} text */
const shown = (text) =>
  parts(text).filter(({ textContent }) => textContent !== "")
    .map(({ name, textContent }) =>
      (name === "a" ? `<${textContent}>` : name === "mark" ? `[${textContent}]` : textContent))
    .join("|");

test("texts are divided as the server divides them", () => {
  document.documentElement.dataset.me = "ana";
  const said = readFileSync(new URL("../Pacil.Tests/Chat/SendMessageTests.cs", import.meta.url), "utf8");
  const cases = [...said.matchAll(/\[InlineData\(\s*("(?:\\.|[^"\\])*"),\s*("(?:\\.|[^"\\])*")\)\]/g)];
  assert.ok(cases.length > 15);
  for (const [, text, divided] of cases) assert.equal(shown(JSON.parse(text)), JSON.parse(divided));
});
