// Follows the feed on every page of someone who is signed in, and tells the page as events of the document:
// "feed:entry", "feed:reset", "feed:gone", "feed:state", and who comes and goes as "feed:here", "feed:user_joined",
// "feed:user_left", "feed:typing", with the frame's data as detail.
// <… data-feed-cursor data-workspace>: what the page shows was read at that place, so the feed goes on from there;
// a page without one hears of its workspace from now on. <html data-inbox>: the same for one's own inbox, which every
// page shows something of. Without this module a page stays as it was loaded.

import { navigateTo, leaveWhenSignedOut } from "./navigation.js";
import { NAMES } from "./tab-leader.js";
import { followFeed } from "./browser-tabs.js";
import { t, time } from "./texts.js";
import { after } from "./transports.js";

/** @type {ReturnType<typeof followFeed> | null} */
let feed = null;

/** So many of the latest are kept for what was read before them and is shown after. */
const RECENT_MAX = 500;

/** The latest of them. @type {import("./types.js").Entry[]} */
export const recent = [];

/** Says at which places of the workspace the page is. @param {string[]} places */
export const reportLocations = (places) => feed?.be(places);

/** Sends a command, if the connection is a WebSocket. @param {object} command */
export const sendCommand = (command) => feed?.say(command);

/** The rest of many comes by the feed, bit by bit. */
const EARLY_MAX = 100;

/** The latest entry of the workspace that the feed has brought. */
let heard = 0;
/** Entries that an answer has told of before the feed did. @type {Set<number>} */
const dispatchedEarly = new Set();

export function mountPageFeed() {
  const shown = /** @type {HTMLElement | null} */ (document.querySelector("[data-feed-cursor]"));
  const workspace = shown?.dataset.workspace ?? document.documentElement.dataset.workspace;
  if (!workspace) return;
  leaveWhenSignedOut();
  heard = Number(shown?.dataset.head ?? 0);
  const place = shown?.dataset.feedCursor ? after(shown.dataset.feedCursor) : `follow=${workspace}`;
  const inbox = after(document.documentElement.dataset.inbox ?? "");
  feed = followFeed(`${inbox}&${place}`, Number(workspace));
  for (const name of NAMES)
    feed.addEventListener(name, (event) => {
      const { detail } = /** @type {CustomEvent} */ (event);
      if (name === "reset") reset();
      if (name !== "entry" || isNews(detail)) dispatch(name, detail);
    });
  document.addEventListener("feed:state", (event) => showState(/** @type {CustomEvent} */ (event).detail));
  document.addEventListener("feed:gone", () => navigateTo("/"));
}

/**
 * What an answer tells has happened, the page learns of as of anything else, and once; but in order.
 * @param {import("./types.js").Entry[]} entries
 */
export function dispatchEarly(entries) {
  if (entries[0]?.seq > heard + 1) return;
  for (const entry of entries.slice(0, EARLY_MAX).filter(({ seq }) => seq > heard)) {
    dispatchedEarly.add(entry.seq);
    dispatch("entry", entry);
  }
}

/** What was heard of another history says nothing of this one. */
function reset() {
  heard = recent.length = 0;
  dispatchedEarly.clear();
}

/** @param {import("./types.js").Entry} entry */
function isNews({ workspace, seq }) {
  if (workspace === null) return true;
  heard = seq;
  return !dispatchedEarly.delete(seq);
}

/** @param {string} name @param {unknown} detail */
function dispatch(name, detail) {
  if (name === "entry" && recent.push(/** @type {any} */ (detail)) > RECENT_MAX) recent.shift();
  document.dispatchEvent(new CustomEvent(`feed:${name}`, { detail }));
}

/** When the page was last as it is. */
let seenAt = new Date(document.documentElement.dataset.at ?? 0);
let isLive = false;

/** @param {string} state */
function showState(state) {
  if (isLive) seenAt = new Date();
  isLive = state === "live";
  const place = /** @type {HTMLElement | null} */ (document.querySelector("[data-live]"));
  if (!place) return;
  place.hidden = false;
  place.dataset.live = state;
  place.textContent = t(`js.feed.${state}`, state === "offline" ? time(seenAt) : "");
}
