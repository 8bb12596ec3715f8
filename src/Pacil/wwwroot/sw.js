// The service worker. Caches visited pages of lists and items, with their scripts and styles, so that these pages open
// without a network. If the server can be reached, the page comes from the server, so that a new release takes effect
// at the next page load. The cache holds the pages of one account only; see offline.js.

const KEPT_PAGES = /^\/(w\/\d+\/)?(items\/\d+)?$/;
const KEPT_PARTS = /^\/(js|css|texts|icons?)[./-]/;
const PAGES_MAX = 50;
const ELSEWHERE = "/offline";
/** Status codes that a proxy sends while the server is down. */
const DOWN = [502, 503, 504];

/** The number of sign-outs. If it changes while a page is being cached, the page is not kept. */
let signOuts = 0;

addEventListener("message", (event) => event.waitUntil(event.data.isSignOut ? forget() : keep(event.data)));

addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (origin !== location.origin) return;
  if (request.mode === "navigate") event.respondWith(request.method === "GET" ? page(event) : form(request));
  else if (request.method === "GET" && KEPT_PARTS.test(pathname)) event.respondWith(part(request));
});

async function page(event) {
  const { request } = event;
  try {
    const response = await fetch(request);
    if (DOWN.includes(response.status)) return (await seen(request)) ?? response;
    if (response.ok && KEPT_PAGES.test(new URL(request.url).pathname))
      event.waitUntil(add(request.url, response.clone()));
    return response;
  } catch (error) {
    const known = (await seen(request)) ?? (await listOf(request)) ?? (await caches.match(ELSEWHERE));
    if (known) return known;
    throw error;
  }
}

/** Sends a form. If the server cannot be reached, shows the offline page, and "Back" leads to the filled-in form. */
const form = (request) =>
  fetch(request).catch(async (error) => (await caches.match(ELSEWHERE)) ?? Promise.reject(error));

const seen = (request) => caches.match(request.url, { ignoreVary: true });

/** An item that was opened only in a dialog has no cached page. If its list is cached, redirects to the list. */
async function listOf(request) {
  const list = request.url.replace(/items\/\d+(\?.*)?$/, "");
  return list !== request.url && (await caches.match(list)) ? Response.redirect(list) : undefined;
}

/**
 * The URL of a script, style or icon changes with its content, so an immutable copy is never outdated. During
 * development, a file changes under its URL, and its copy serves only without a network.
 */
async function part(request) {
  const known = await caches.match(request.url, { ignoreVary: true });
  if (known?.headers.get("Cache-Control")?.includes("immutable")) return known;
  return fetch(request).catch((error) => known ?? Promise.reject(error));
}

/** Caches a page with its scripts and styles. Deletes the caches of other accounts and releases. */
async function keep({ account, release, address, parts }) {
  const before = signOuts;
  const name = `pacil-${account}-${release}`;
  for (const other of await caches.keys()) if (other !== name) await caches.delete(other);
  if (signOuts !== before) return;
  const cache = await caches.open(name);
  const isPage = KEPT_PAGES.test(new URL(address).pathname);
  for (const one of [...parts, ELSEWHERE, ...(isPage ? [address] : [])])
    if (!(await cache.match(one))) await cache.add(one).catch(() => {});
}

async function forget() {
  signOuts++;
  for (const name of await caches.keys()) await caches.delete(name);
}

/** Adds a page to the cache and deletes all but the latest PAGES_MAX pages. */
async function add(address, response) {
  const before = signOuts;
  const [name] = await caches.keys();
  if (!name || response.redirected || signOuts !== before) return;
  const cache = await caches.open(name);
  await cache.delete(address);
  await cache.put(address, response);
  const pages = (await cache.keys()).filter(({ url }) => KEPT_PAGES.test(new URL(url).pathname));
  for (const old of pages.slice(0, -PAGES_MAX)) await cache.delete(old);
}
