// Keeps what has been seen, so that it opens again without a network: the last pages of lists and items, and what they
// are made of. A page always comes from the server when that can be reached, with the scripts of its own release; a new
// release so takes over at the next load, and never in the midst of a page. Of one account only; see offline.js.

const KEPT_PAGES = /^\/(w\/\d+\/)?(items\/\d+)?$/;
const KEPT_PARTS = /^\/(js|css|texts|icons?)[./-]/;
const PAGES_MAX = 50;
const ELSEWHERE = "/offline";
/** What a proxy says where the server is down. */
const DOWN = [502, 503, 504];

addEventListener("message", (event) => event.waitUntil(keep(event.data)));

addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (origin !== location.origin) return;
  if (request.mode === "navigate") event.respondWith(request.method === "GET" ? page(event) : form(request));
  else if (request.method === "GET" && KEPT_PARTS.test(pathname)) event.respondWith(part(request));
});

/** As it is now, else as it was last seen. */
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

/** Where the server cannot be reached, one can go back to what one has typed. */
const form = (request) =>
  fetch(request).catch(async (error) => (await caches.match(ELSEWHERE)) ?? Promise.reject(error));

const seen = (request) => caches.match(request.url, { ignoreVary: true });

/** An item that was only open over its list: the list is as good as that. */
async function listOf(request) {
  const list = request.url.replace(/items\/\d+(\?.*)?$/, "");
  return list !== request.url && (await caches.match(list)) ? Response.redirect(list) : undefined;
}

/** Its address changes with what is in it, so whichever copy is at hand is right. */
const part = async (request) => (await caches.match(request.url, { ignoreVary: true })) ?? fetch(request);

/** A page says whose it is, of which release, and what it is made of; what is of others is forgotten. */
async function keep({ account, release, address, parts }) {
  const name = `pacil-${account}-${release}`;
  for (const other of await caches.keys()) if (other !== name) await caches.delete(other);
  const cache = await caches.open(name);
  const isPage = KEPT_PAGES.test(new URL(address).pathname);
  for (const one of [...parts, ELSEWHERE, ...(isPage ? [address] : [])])
    if (!(await cache.match(one))) await cache.add(one).catch(() => {});
}

/** The latest are kept. */
async function add(address, response) {
  const [name] = await caches.keys();
  if (!name || response.redirected) return;
  const cache = await caches.open(name);
  await cache.delete(address);
  await cache.put(address, response);
  const pages = (await cache.keys()).filter(({ url }) => KEPT_PAGES.test(new URL(url).pathname));
  for (const old of pages.slice(0, -PAGES_MAX)) await cache.delete(old);
}
