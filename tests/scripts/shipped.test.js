import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { brotliCompressSync } from "node:zlib";

const BYTES_MAX = 29 * 1024;

// The JavaScript bundle of a release build; see Pacil.csproj.
const shipped = new URL("../../artifacts/obj/Pacil/release/bundle/js/pacil.js", import.meta.url);

test("the scripts of a release are one module", () => {
  const { status, stderr } = spawnSync(process.execPath, ["--check", fileURLToPath(shipped)], { encoding: "utf8" });
  assert.equal(status, 0, stderr);
  assert.doesNotMatch(readFileSync(shipped, "utf8"), /#texts|@param/);
});

test("they are 29 KB at most, compressed", () => {
  const bytes = brotliCompressSync(readFileSync(shipped)).length;
  assert.ok(bytes <= BYTES_MAX, `${bytes} bytes`);
});
