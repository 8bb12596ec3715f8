// A BroadcastChannel to the same account's other tabs in this browser.

/** @param {string} name @returns {BroadcastChannel | null} */
export const channel = (name) =>
  "BroadcastChannel" in globalThis
    ? new BroadcastChannel(`pacil-${name}-${document.documentElement.dataset.account}`)
    : null;
