// Registers the service worker (sw.js), which caches visited pages so that they open without a network.

import { listen } from "./events.js";
import { ofPage } from "./page-state.js";

const page = ofPage(() => ({ isSignOut: false }));

export async function mountOffline() {
  const { account, release, workspace } = document.documentElement.dataset;
  if (!account || !("serviceWorker" in navigator)) return;
  // The service worker fetches the page, its scripts and its styles a second time. These requests would delay the
  // feed's connection, so the service worker starts after the feed.
  if (workspace) await new Promise((done) => listen("feed:state", done));
  await navigator.serviceWorker.register("/sw.js");
  const { active } = await navigator.serviceWorker.ready;
  if (page().isSignOut) return;
  const parts = performance.getEntriesByType("resource")
    .map(({ name }) => name)
    .filter((address) => address.startsWith(`${location.origin}/`) && !/\/(api|sw\.js)\b/.test(address));
  active?.postMessage({ account, release, address: location.href.split("#")[0], parts });
}

/** Deletes the cached pages when the user signs out. The worker is told first, so that it caches no further page. */
export async function forgetPages() {
  page().isSignOut = true;
  if (!("caches" in window)) return;
  (await navigator.serviceWorker.getRegistration())?.active?.postMessage({ isSignOut: true });
  for (const name of await caches.keys()) await caches.delete(name);
}
