import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { brotliCompressSync } from "node:zlib";

const BYTES_MAX = 33 * 1024;
const QUOTED = /"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`[^`]*`/;
const SLASHED = /(?<=[(=,:] ?)\/(?:\\.|\[(?:\\.|[^\]\\])*\]|[^/\\\n])+\/[a-z]*/;
const LITERAL = new RegExp(`${QUOTED.source}|${SLASHED.source}`, "g");

// What bin/test has made of them, as bin/serve does for a release.
const folder = new URL("../../artifacts/obj/Pacil/release/scripts/", import.meta.url);
const names = readdirSync(new URL("../../src/Pacil/wwwroot/js/", import.meta.url));

test("the scripts are still scripts without their comments", () => {
  for (const name of names) {
    const { status, stderr } = spawnSync(process.execPath, ["--check", name], { cwd: folder, encoding: "utf8" });
    assert.equal(status, 0, stderr);
    // Their lines are joined; a text of several lines would be another then, and a comment behind code would hide it.
    const source = readFileSync(new URL(`../../src/Pacil/wwwroot/js/${name}`, import.meta.url), "utf8");
    for (const line of source.split("\n")) {
      assert.equal(line.split("`").length % 2, 1, `${name}: ${line}`);
      assert.doesNotMatch(line, /[;{,([] *\/\//, name);
    }
    const shipped = readFileSync(new URL(name, folder), "utf8");
    assert.doesNotMatch(shipped, /^\s*\/\/|@param/m, name);
    // Of its spaces only those that mean nothing are gone: texts, and regular expressions, are what they were.
    assert.deepEqual(literals(shipped), literals(withoutComments(source)), name);
  }
});

/** @param {string} source */
const withoutComments = (source) => source.replaceAll(/\/\*\*[^]*?\*\/|^\s*\/\/.*$/gm, "");

/** What stands in quotes, and between slashes after what an expression begins with. @param {string} source */
const literals = (source) => source.match(LITERAL) ?? [];

test("all scripts together are 33 KB at most, compressed", () => {
  const all = Buffer.concat(names.map((name) => readFileSync(new URL(name, folder))));
  const bytes = brotliCompressSync(all).length;
  assert.ok(bytes <= BYTES_MAX, `${bytes} bytes`);
});
