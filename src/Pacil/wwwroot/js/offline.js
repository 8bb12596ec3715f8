// Has the browser keep the pages one has seen, so that they open without a network; see sw.js. Without this module, or
// where the connection is not secure, they do not.

export async function mountOffline() {
  const { account, release, workspace } = document.documentElement.dataset;
  if (!account || !("serviceWorker" in navigator)) return;
  // The worker fetches the page and its parts again, which would slow the page's connection down.
  if (workspace) await new Promise((done) => document.addEventListener("feed:state", done, { once: true }));
  await navigator.serviceWorker.register("/sw.js");
  const { active } = await navigator.serviceWorker.ready;
  const parts = performance.getEntriesByType("resource")
    .map(({ name }) => name)
    .filter((address) => address.startsWith(`${location.origin}/`) && !/\/(api|sw\.js)\b/.test(address));
  active?.postMessage({ account, release, address: location.href.split("#")[0], parts });
}
