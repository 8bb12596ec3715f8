// State that changes belongs to a page (core/page-state.js) or, in a WeakMap, to an element or a response. So each test
// can start with new state.

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { beforeEach, test } from "node:test";
import { fileURLToPath } from "node:url";
import { join } from "node:path";

const scripts = fileURLToPath(new URL("../../src/Pacil/wwwroot/js", import.meta.url));

/** A document with the elements and template parts that the tested modules use. */
const page = () => /** @type {any} */ (Object.assign(new EventTarget(), {
  documentElement: { lang: "en", dataset: { account: "1", workspace: "7" } },
  querySelector: () => ({ hidden: false, textContent: "" }),
  getElementById: () => null,
}));
beforeEach(() => {
  globalThis.document = page();
});
globalThis.document = page();
globalThis.location = /** @type {any} */ ({ href: "https://pacil.example/?search=bolt" });

const { ofPage } = await import("../../src/Pacil/wwwroot/js/core/page-state.js");
const { listen } = await import("../../src/Pacil/wwwroot/js/core/events.js");
const { dispatchEarly, recent } = await import("../../src/Pacil/wwwroot/js/feed/page-feed.js");
const { isDisordered, markDisordered } = await import("../../src/Pacil/wwwroot/js/items/new-rows-bar.js");
const { query } = await import("../../src/Pacil/wwwroot/js/items/list.js");

test("state is created once for each page", () => {
  const count = ofPage(() => ({ seen: 0 }));
  const pages = [document, page(), document];
  for (const one of pages) {
    globalThis.document = one;
    count().seen += 1;
  }
  assert.equal(count().seen, 2);
});

for (const n of [1, 2])
  test(`page ${n} starts without what the page before has seen`, () => {
    const came = [];
    listen("feed:entry", ({ seq }) => came.push(seq));
    dispatchEarly([/** @type {any} */ ({ workspace: 7, seq: 1, subject: { type: "item", id: 9 } })]);
    assert.deepEqual([came, recent().length], [[1], 1]);
    assert.equal(isDisordered(), false);
    markDisordered();
    assert.equal(isDisordered(), true);
    location.href = location.href.replace("bolt", `bolt ${n}`);
    assert.equal(query(), new URL(location.href).search);
  });

test("no module has state of its own", () => {
  const files = readdirSync(scripts, { recursive: true }).filter((name) => String(name).endsWith(".js"));
  assert.ok(files.length > 50);
  const found = files.flatMap((file) => {
    const source = readFileSync(join(scripts, String(file)), "utf8");
    const variables = [...source.matchAll(/^(?:export )?(?:let|var) (\w+)/gm)];
    const isChanged = (name) =>
      new RegExp(`(?<![\\w.])${name}\\.(\\w+ [-+|&?*]*= |(set|add|push|delete|clear|splice|shift)\\()`).test(source);
    const changed = [...source.matchAll(/^(?:export )?const (\w+) = (?!ofPage|new Weak)/gm)]
      .filter(([, name]) => isChanged(name));
    return [...variables, ...changed].map(([, name]) => `${file}: ${name}`);
  });
  assert.deepEqual(found, []);
});
