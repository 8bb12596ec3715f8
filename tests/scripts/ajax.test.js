import assert from "node:assert/strict";
import { createServer } from "node:http";
import { after, beforeEach, test } from "node:test";

// Globals of the browser that the imported modules use.
const document = Object.assign(new EventTarget(), {
  documentElement: { lang: "en", dataset: {} },
  cookie: "theme=dark; csrftoken=secret",
});
const location = { pathname: "/items/7", search: "?a=1", assign: (address) => (location.went = address), went: "" };
Object.assign(globalThis, { document, location });
const { AjaxError, defaults, get, known, latest, post, request } = await import("../../src/Pacil/wwwroot/js/ajax.js");
const { batch } = await import("../../src/Pacil/wwwroot/js/ajax/batch.js");

/** @type {import("node:http").IncomingMessage[]} */
let asked = [];
/** @type {(request: any, response: any) => void} */
let answer;
const server = createServer(async (request, response) => {
  asked.push(request);
  request.text = (await request.toArray()).join("");
  answer(request, response);
});
await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
defaults.base = `http://127.0.0.1:${server.address().port}`;
after(() => server.close());

const json = (value, headers = {}, status = 200) => (_, response) =>
  response.writeHead(status, { "Content-Type": "application/json", ...headers }).end(JSON.stringify(value));
const problem = (status, code, headers) =>
  json({ status, code, detail: `It is ${code}.`, errors: { name: ["Too long."] } },
    { "Content-Type": "application/problem+json", ...headers }, status);
const tell = (name, detail) => document.dispatchEvent(new CustomEvent(`feed:${name}`, { detail }));
const entry = (id) => ({ subject: { type: "item", id } });

beforeEach(() => {
  asked = [];
  tell("reset");
  tell("state", "live");
});

test("a change goes out as JSON, with the token and a key of its own, and headers may be given", async () => {
  answer = json({ id: 7 });
  defaults.headers = { "X-All": "1" };
  assert.deepEqual(await post("/api/items", { name: "Bolt" }, { headers: { "X-One": "2" } }), { id: 7 });
  defaults.headers = {};
  const [{ headers, text }] = asked;
  assert.equal(text, '{"name":"Bolt"}');
  assert.equal(headers["x-csrftoken"], "secret");
  assert.match(headers["idempotency-key"], /^[0-9a-f]{32}$/);
  assert.deepEqual([headers["x-all"], headers["x-one"]], ["1", "2"]);
});

test("every attempt at a change has the same key", async () => {
  answer = (_, response) => (asked.length < 3 ? response.destroy() : json({})(_, response));
  await post("/api/items", {});
  assert.equal(asked.length, 3);
  assert.equal(new Set(asked.map(({ headers }) => headers["idempotency-key"])).size, 1);
});

test("an answer is good until its time is over or the feed tells of a change", async () => {
  answer = json({ id: 7 });
  await get("/api/items/7");
  await get("/api/items/7");
  assert.equal(asked.length, 1);
  assert.deepEqual(known("/api/items/7"), { id: 7 });
  tell("entry", entry(8));
  await get("/api/items/7");
  assert.equal(asked.length, 1);
  tell("entry", entry(7));
  await get("/api/items/7");
  assert.equal(asked.length, 2);
  await get("/api/items/9", { ttl: 0.01 });
  await new Promise((resolve) => setTimeout(resolve, 20));
  await get("/api/items/9");
  assert.equal(asked.length, 4);
});

test("without the feed nothing is good without asking, but what is the same need not travel", async () => {
  tell("state", "reconnecting");
  answer = ({ headers }, response) =>
    headers["if-none-match"] === '"4"'
      ? response.writeHead(304).end()
      : json({ id: 7 }, { ETag: '"4"' })(null, response);
  assert.deepEqual(await get("/api/items/7"), { id: 7 });
  assert.deepEqual(await get("/api/items/7"), { id: 7 });
  assert.equal(asked.length, 2);
  assert.equal(asked[1].headers["if-none-match"], '"4"');
});

test("an answer that began before a change is not good after it", async () => {
  answer = (_, response) => {
    tell("entry", entry(7));
    json({ amount: 1 })(_, response);
  };
  await get("/api/items/7");
  answer = json({ amount: 2 });
  assert.deepEqual(await get("/api/items/7"), { amount: 2 });
});

test("what the server wants nobody to keep is not kept", async () => {
  answer = json([], { "Cache-Control": "no-store" });
  await get("/api/feed");
  await get("/api/feed");
  assert.equal(asked.length, 2);
});

test("equal GETs at the same time are one; changes never are", async () => {
  answer = json({});
  await Promise.all([get("/api/me"), get("/api/me")]);
  assert.equal(asked.length, 1);
  await Promise.all([post("/api/items", {}), post("/api/items", {})]);
  assert.equal(asked.length, 3);
});

test("GETs of one moment travel together, and each has its own answer", async () => {
  answer = json({ responses: [
    { status: 200, headers: {}, body: { id: 1 } },
    { status: 404, headers: {}, body: { status: 404, code: "not_found", detail: "It is not there." } },
  ] });
  const [one, two] = await Promise.allSettled([batch("/api/items/1"), batch("/api/items/2")]);
  assert.deepEqual(one.value, { id: 1 });
  assert.equal(two.reason.code, "not_found");
  assert.deepEqual(asked.map(({ url }) => url), ["/api/batch"]);
  assert.deepEqual(JSON.parse(asked[0].text), { requests: [{ path: "/api/items/1" }, { path: "/api/items/2" }] });
  answer = json({ id: 3 });
  assert.deepEqual(await batch("/api/items/3"), { id: 3 });
  assert.equal(asked[1].url, "/api/items/3");
});

test("for one control the latest request ends the one before", async () => {
  const next = latest();
  answer = () => {};
  const first = get("/api/search?q=b", { signal: next() });
  answer = json(["Bolt"]);
  const second = get("/api/search?q=bo", { signal: next() });
  await assert.rejects(first, { name: "AbortError" });
  assert.deepEqual(await second, ["Bolt"]);
});

const fails = async (code, status, options) => {
  await assert.rejects(request("GET", `/api/${code}/${status}`, { attempts: 1, ...options }), (error) => {
    assert.ok(error instanceof AjaxError);
    assert.deepEqual([error.code, error.status], [code, status]);
    return true;
  });
};

test("every failure is one error, with the server's words or ours", async () => {
  for (const [status, code] of [
    [404, "not_found"], [409, "archived"], [422, "invalid"], [429, "too_many"], [500, "internal"],
  ]) {
    answer = problem(status, code);
    await fails(code, status);
  }
  answer = problem(422, "invalid");
  await assert.rejects(post("/api/items", {}), { errors: { name: ["Too long."] }, message: "It is invalid." });
  answer = (_, response) => response.writeHead(200, { "Content-Type": "text/html" }).end("<p>Hello</p>");
  await fails("unreadable", 0);
  answer = (_, response) => response.writeHead(502).end("<p>Bad gateway</p>");
  await fails("unreadable", 502);
  answer = (_, response) =>
    response.writeHead(200, { "Content-Length": "90" }).write('{"id":', () => response.destroy());
  await fails("network", 0);
  answer = (_, response) => response.destroy();
  await fails("network", 0);
  answer = () => {};
  defaults.timeoutMs = 50;
  await fails("timeout", 0);
  defaults.timeoutMs = 20_000;
});

test("a signed-out user goes to sign in, and then back to the page", async () => {
  answer = problem(401, "unauthorized");
  await fails("unauthorized", 401);
  assert.equal(location.went, "/login?next=%2Fitems%2F7%3Fa%3D1");
});
