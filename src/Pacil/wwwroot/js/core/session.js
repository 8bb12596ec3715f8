// Checks whether the browser is still signed in as this page's account.

import { get } from "../ajax.js";
import { navigateToSignIn } from "./navigation.js";

/** A session may end because a new one replaces it; after this time the browser has the new cookie. */
const RENEWED_MS = 300;

/** After the page's session has ended: goes to sign-in, unless the account has a new session. */
export function checkSession() {
  setTimeout(async () => {
    // If nobody is signed in, the request itself leads to sign-in; see send.js.
    const me = await get("/api/me", { ttl: 0 }).catch(() => {});
    if (me && String(me.id) !== document.documentElement.dataset.account) navigateToSignIn();
  }, RENEWED_MS);
}
