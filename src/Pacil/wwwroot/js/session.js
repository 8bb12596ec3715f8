// Whether the browser is still signed in as the account of this page.

import { get } from "./ajax.js";
import { navigateToSignIn } from "./navigation.js";

/** A session may end because another has taken its place: by then the browser has that one's cookie. */
const RENEWED_MS = 300;

/** The session has ended: in a moment, leaves where no other has begun. */
export function checkSession() {
  setTimeout(async () => {
    // Where nobody is signed in any more, the answer leads away by itself.
    const me = await get("/api/me", { ttl: 0 }).catch(() => {});
    if (me && String(me.id) !== document.documentElement.dataset.account) navigateToSignIn();
  }, RENEWED_MS);
}
