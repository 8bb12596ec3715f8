// Navigates to another page, unless the browser is already leaving this page. After the user signs out or deletes the
// account, the browser must show the response to that form and not the sign-in page.

import { channel } from "./channel.js";
import { ofPage } from "./page-state.js";

const page = ofPage(() => {
  const state = { isLeaving: false, others: /** @type {BroadcastChannel | null} */ (null) };
  globalThis.addEventListener?.("beforeunload", () => (state.isLeaving = true));
  // A download also fires "beforeunload", but the page stays open. The next "focus" event resets the flag.
  globalThis.addEventListener?.("focus", () => (state.isLeaving = false));
  return state;
});
// Created at once, to hear of "beforeunload" before the first navigation.
page();

/** @param {string} address */
export function navigateTo(address) {
  if (!page().isLeaving) location.assign(address);
}

/** Goes to the sign-in page when another tab reports that the account is signed out. */
export function leaveWhenSignedOut() {
  page().others = channel("signed-out");
  page().others?.addEventListener("message", goToSignIn);
}

export function navigateToSignIn() {
  page().others?.postMessage(null);
  goToSignIn();
}

const goToSignIn = () => navigateTo(`/login?next=${encodeURIComponent(location.pathname + location.search)}`);
