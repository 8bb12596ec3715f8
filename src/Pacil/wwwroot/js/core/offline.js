// Lets the service worker (sw.js) store visited pages, so that they open without a network. Needs a secure connection.

export async function mountOffline() {
  const { account, release, workspace } = document.documentElement.dataset;
  if (!account || !("serviceWorker" in navigator)) return;
  // The worker fetches the page and its parts again, so it starts after the feed, whose connection it would delay.
  if (workspace) await new Promise((done) => document.addEventListener("feed:state", done, { once: true }));
  await navigator.serviceWorker.register("/sw.js");
  const { active } = await navigator.serviceWorker.ready;
  const parts = performance.getEntriesByType("resource")
    .map(({ name }) => name)
    .filter((address) => address.startsWith(`${location.origin}/`) && !/\/(api|sw\.js)\b/.test(address));
  active?.postMessage({ account, release, address: location.href.split("#")[0], parts });
}
