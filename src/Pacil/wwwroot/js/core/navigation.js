// Navigates to another page, unless the browser is already leaving this page. After the user signs out or deletes the
// account, the browser must show the response to that form and not the sign-in page.

import { channel } from "./channel.js";

let isLeaving = false;
globalThis.addEventListener?.("beforeunload", () => (isLeaving = true));
// A download also fires "beforeunload", but the page stays open. The next "focus" event resets the flag.
globalThis.addEventListener?.("focus", () => (isLeaving = false));

/** @param {string} address */
export function navigateTo(address) {
  if (!isLeaving) location.assign(address);
}

/** @type {BroadcastChannel | null} */
let others = null;

/** Goes to the sign-in page when another tab reports that the account is signed out. */
export function leaveWhenSignedOut() {
  others = channel("signed-out");
  others?.addEventListener("message", goToSignIn);
}

export function navigateToSignIn() {
  others?.postMessage(null);
  goToSignIn();
}

const goToSignIn = () => navigateTo(`/login?next=${encodeURIComponent(location.pathname + location.search)}`);
