// Compares the types of the feed with what the server sends: declares each entry, frame and long poll of the golden
// files as a constant of its type, and lets the TypeScript compiler check the constants.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

/** @param {string} path */
const file = (path) => fileURLToPath(new URL(`../../${path}`, import.meta.url));
/** @param {string} name */
const golden = (name) => JSON.parse(readFileSync(file(`tests/Pacil.Tests/Golden/golden/${name}.json`), "utf8"));

const OPTIONS = [
  "--noEmit", "--strict", "--allowJs", "--skipLibCheck", "--types", "", "--target", "es2024", "--module", "es2022",
  "--moduleResolution", "bundler",
];

/** Compiles declarations that use the types of feed-types.js. @param {string[]} lines @returns {string} the errors */
function errorsIn(lines) {
  const folder = mkdtempSync(join(tmpdir(), "pacil-types-"));
  const types = JSON.stringify(file("src/Pacil/wwwroot/js/feed/feed-types.js"));
  try {
    writeFileSync(join(folder, "golden.ts"),
      [`import type { Entry, EntryOf, Frame, Kinds, Poll } from ${types};`, ...lines].join("\n"));
    const compiler = [file("node_modules/typescript/bin/tsc"), ...OPTIONS, "golden.ts"];
    return spawnSync(process.execPath, compiler, { encoding: "utf8", cwd: folder }).stdout;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** @param {{ type: string, value: object }[]} values */
const declared = (values) =>
  values.map(({ type, value }, n) => `export const value${n}: ${type} = ${JSON.stringify(value)};`);

test("entries have the types that the scripts expect, and there is no other kind", () => {
  const entries = Object.values(golden("entries")).flat();
  assert.ok(entries.length > 50);
  const kinds = [...new Set(entries.map(({ kind }) => JSON.stringify(kind)))].join(" | ");
  const errors = errorsIn([
    ...declared(entries.map((value) => ({ type: `EntryOf<"${value.kind}">`, value }))),
    `export const kinds: Record<keyof Kinds, 1> = {} as Record<${kinds}, 1>;`,
  ]);
  assert.equal(errors, "");
});

test("frames and long polls have the types that the scripts expect", () => {
  const { WebSocket, EventStream, LongPoll, answers, heartbeat } = golden("frames");
  const { first, ...events } = EventStream;
  // Replies only to the commands that feed.js sends, with its reference.
  const replies = Object.entries(answers)
    .filter(([command]) => ["here", "typing"].includes(JSON.parse(command).do))
    .map(([, reply]) => ("ref" in reply ? { ...reply, ref: "here" } : reply));
  const frames = [
    ...[WebSocket, events].flatMap((all) => Object.values(all).flat()).map((frame) => ({ event: "entry", ...frame })),
    ...replies, { event: "heartbeat", data: heartbeat },
  ];
  const polls = Object.values(LongPoll);
  assert.ok(frames.length > 20 && polls.length > 3);
  assert.equal(errorsIn(declared([
    ...frames.map((value) => ({ type: "Frame", value })), ...polls.map((value) => ({ type: "Poll", value })),
  ])), "");
});

test("a value of another type is an error", () => {
  const entry = golden("entries").inbox.find(({ kind }) => kind === "item_starred");
  const type = 'EntryOf<"item_starred">';
  assert.match(errorsIn(declared([{ type, value: { ...entry, data: { workspace: "2" } } }])), /error TS2322/);
  assert.match(errorsIn(declared([{ type, value: { ...entry, data: { workspace: 2, extra: 1 } } }])), /error TS2353/);
});
