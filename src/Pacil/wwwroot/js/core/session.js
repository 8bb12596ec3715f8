import { get } from "../ajax.js";
import { as, numeric, object } from "../ajax/shapes.js";
import { navigateToSignIn } from "./navigation.js";

/** If the session has ended because a new session replaces it, the browser has the new cookie after this time. */
const RENEWED_MS = 300;

/** Goes to the sign-in page after the session has ended, unless the browser has a new session of the same account. */
export function checkSession() {
  setTimeout(async () => {
    // If nobody is signed in, get() itself goes to the sign-in page; see send.js.
    const id = await get("/api/me", { ttl: 0 }).then(accountId).catch(() => null);
    if (id !== null && String(id) !== document.documentElement.dataset.account) navigateToSignIn();
  }, RENEWED_MS);
}

const me = object({ id: numeric });

/** The account's id in a response to GET /api/me. @param {import("./types.js").Json} answer */
export const accountId = (answer) => as(me, answer).id;
