import { get } from "../ajax.js";
import { navigateToSignIn } from "./navigation.js";

/** If the session has ended because a new session replaces it, the browser has the new cookie after this time. */
const RENEWED_MS = 300;

/** Goes to the sign-in page after the session has ended, unless the browser has a new session of the same account. */
export function checkSession() {
  setTimeout(async () => {
    // If nobody is signed in, get() itself goes to the sign-in page; see send.js.
    const me = await get("/api/me", { ttl: 0 }).catch(() => {});
    if (me && String(me.id) !== document.documentElement.dataset.account) navigateToSignIn();
  }, RENEWED_MS);
}
