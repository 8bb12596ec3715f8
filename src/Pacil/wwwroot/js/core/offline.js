// Registers the service worker (sw.js), which caches visited pages so that they open without a network.

export async function mountOffline() {
  const { account, release, workspace } = document.documentElement.dataset;
  if (!account || !("serviceWorker" in navigator)) return;
  // The service worker fetches the page, its scripts and its styles a second time. These requests would delay the
  // feed's connection, so the service worker starts after the feed.
  if (workspace) await new Promise((done) => document.addEventListener("feed:state", done, { once: true }));
  await navigator.serviceWorker.register("/sw.js");
  const { active } = await navigator.serviceWorker.ready;
  const parts = performance.getEntriesByType("resource")
    .map(({ name }) => name)
    .filter((address) => address.startsWith(`${location.origin}/`) && !/\/(api|sw\.js)\b/.test(address));
  active?.postMessage({ account, release, address: location.href.split("#")[0], parts });
}
