// A day's work with a client whose types openapi-typescript generates from the API description. tsc checks that the
// types allow it, and this test that the server does.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import createClient from "openapi-fetch";

/** @typedef {import("../../artifacts/clients/pacil").paths} Paths */

const program = process.env.PACIL_DLL
  ?? fileURLToPath(new URL("../../artifacts/publish/Pacil/release/Pacil.dll", import.meta.url));
const password = "blue-otter-42";

/** @type {import("node:child_process").ChildProcess} */
let server;
/** @type {string} */
let folder;
/** @type {string} */
let baseUrl;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), "pacil-client-"));
  baseUrl = `http://127.0.0.1:${await freePort()}`;
  server = spawn("dotnet", [program, "serve", "--urls", baseUrl, "--data", folder], { stdio: "ignore" });
  await serves();
});

after(async () => {
  server.kill();
  await new Promise((done) => server.once("exit", done));
  await rm(folder, { recursive: true });
});

test("a generated client does a day's work", async () => {
  const token = await signUp("ana");
  const pacil = client({ Authorization: `Bearer ${token}` });

  const feed = (await pacil.GET("/api/feed", { params: { query: { wait: 0 } } })).data;
  const item = (await pacil.POST("/api/items", { body: { name: "AA cells", amount: 18 } })).data;
  assert.ok(feed && item);
  const path = { id: item.id };
  const moved = await pacil.POST("/api/items/{id}/movements", { params: { path }, body: { delta: -2 } });
  assert.equal(moved.data?.amount, 16);

  const list = await pacil.GET("/api/items", { params: { query: { sort: "-created" } } });
  assert.deepEqual(list.data?.map((row) => row.amount), [16]);
  const found = await pacil.GET("/api/search", { params: { query: { q: "cells" } } });
  assert.deepEqual(found.data?.map((row) => row.id), [item.id]);

  const refused = await pacil.POST("/api/items/{id}/movements", { params: { path }, body: { delta: -17 } });
  assert.equal(refused.response.status, 409);
  assert.deepEqual([refused.error?.code, refused.error?.available], ["insufficient_stock", 16]);

  const news = await pacil.GET("/api/feed", { params: { query: { after: feed.cursor, wait: 5 } } });
  assert.deepEqual(news.data?.entries.map((entry) => entry.kind), ["item_created", "stock_moved"]);
});

/**
 * Registers, signs in and creates a token, as a program that has no cookie jar.
 * @param {string} username
 */
async function signUp(username) {
  const pacil = client();
  const cookies = new Map();
  pacil.use({
    onRequest({ request }) {
      request.headers.set("Cookie", [...cookies].map(([name, value]) => `${name}=${value}`).join("; "));
      request.headers.set("X-CSRFToken", cookies.get("csrftoken") ?? "");
      return request;
    },
    onResponse({ response }) {
      for (const cookie of response.headers.getSetCookie()) {
        const [pair] = cookie.split(";");
        cookies.set(pair.slice(0, pair.indexOf("=")), pair.slice(pair.indexOf("=") + 1));
      }
    },
  });
  assert.equal((await pacil.GET("/api/me")).error?.code, "not_signed_in");
  assert.ok((await pacil.POST("/api/register", { body: { username, password } })).data);
  assert.ok((await pacil.POST("/api/login", { body: { username, password } })).data);
  const made = await pacil.POST("/api/tokens", { body: { name: "Printer", scope: "write" } });
  assert.ok(made.data);
  return made.data.token;
}

/**
 * @param {Record<string, string>} [headers]
 * @returns {import("openapi-fetch").Client<Paths, "application/json" | "application/problem+json">}
 */
function client(headers) {
  return createClient({ baseUrl, headers });
}

/** @returns {Promise<number>} */
async function freePort() {
  const probe = createServer().listen(0, "127.0.0.1");
  await new Promise((done) => probe.once("listening", done));
  const { port } = /** @type {import("node:net").AddressInfo} */ (probe.address());
  await new Promise((done) => probe.close(done));
  return port;
}

async function serves() {
  const deadline = Date.now() + 60_000;
  while (!(await fetch(`${baseUrl}/healthz`).then((response) => response.ok, () => false))) {
    assert.ok(Date.now() < deadline, "the server does not answer");
    await new Promise((done) => setTimeout(done, 100));
  }
}
