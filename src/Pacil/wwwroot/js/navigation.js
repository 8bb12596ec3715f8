// Navigates to another page, unless the person is already on the way to one: after a form that signs out or deletes the
// account, the browser shows its answer.

import { channel } from "./channel.js";

let isLeaving = false;
globalThis.addEventListener?.("beforeunload", () => (isLeaving = true));
// A download looks like leaving, but one stays.
globalThis.addEventListener?.("focus", () => (isLeaving = false));

/** @param {string} address */
export function navigateTo(address) {
  if (!isLeaving) location.assign(address);
}

/** @type {BroadcastChannel | null} */
let others = null;

/** When one tab learns that its account is signed out, this one leaves, too. */
export function leaveWhenSignedOut() {
  others = channel("signed-out");
  others?.addEventListener("message", goToSignIn);
}

export function navigateToSignIn() {
  others?.postMessage(null);
  goToSignIn();
}

/** To come back to this page from there. */
const goToSignIn = () => navigateTo(`/login?next=${encodeURIComponent(location.pathname + location.search)}`);
