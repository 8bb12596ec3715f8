// A way to the account's other tabs in this browser.

/** @param {string} name @returns {BroadcastChannel | null} null where the browser has none */
export const channel = (name) =>
  "BroadcastChannel" in globalThis
    ? new BroadcastChannel(`pacil-${name}-${document.documentElement.dataset.account}`)
    : null;
