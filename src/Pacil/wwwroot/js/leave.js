// Leads to another page, unless the person is on the way to one: whoever has just sent the form that signs out, or that
// deletes the account, gets what it answers.

let isLeaving = false;
globalThis.addEventListener?.("beforeunload", () => (isLeaving = true));
// A download looks like leaving, but one stays.
globalThis.addEventListener?.("focus", () => (isLeaving = false));

/** @param {string} address */
export function leaveFor(address) {
  if (!isLeaving) location.assign(address);
}

/** To come back to this page from there. */
export const leaveToSignIn = () =>
  leaveFor(`/login?next=${encodeURIComponent(location.pathname + location.search)}`);
