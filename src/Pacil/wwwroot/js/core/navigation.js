// Navigates to another page, unless the browser already leaves this one: after a form that signs out or deletes the
// account, the browser must show that form's answer.

import { channel } from "./channel.js";

let isLeaving = false;
globalThis.addEventListener?.("beforeunload", () => (isLeaving = true));
// A download fires "beforeunload" too, but the page stays.
globalThis.addEventListener?.("focus", () => (isLeaving = false));

/** @param {string} address */
export function navigateTo(address) {
  if (!isLeaving) location.assign(address);
}

/** @type {BroadcastChannel | null} */
let others = null;

/** Goes to sign-in when another tab learns that the account is signed out. */
export function leaveWhenSignedOut() {
  others = channel("signed-out");
  others?.addEventListener("message", goToSignIn);
}

export function navigateToSignIn() {
  others?.postMessage(null);
  goToSignIn();
}

const goToSignIn = () => navigateTo(`/login?next=${encodeURIComponent(location.pathname + location.search)}`);
