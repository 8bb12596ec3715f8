// Connects every page of a signed-in user to the feed. Dispatches the feed's events, with their detail, on the
// document: "feed:entry", "feed:reset", "feed:gone", "feed:state", "feed:here", "feed:user_joined", "feed:user_left",
// "feed:typing". data-feed-cursor is the feed's cursor when the server rendered the page. A page without
// data-feed-cursor gets only new entries of its workspace. <html data-inbox> is the cursor of the account's inbox.

import { navigateTo, leaveWhenSignedOut } from "../core/navigation.js";
import { dispatch, listen } from "../core/events.js";
import { followFeed } from "./browser-tabs.js";
import { ofPage } from "../core/page-state.js";
import { t, time } from "../core/texts.js";
import { after } from "./transports.js";

/**
 * Maximum number of entries in `recent`. Content that the page fetches later, such as a tab of an item, applies those
 * entries of `recent` that the content does not include yet.
 */
const RECENT_MAX = 500;

/** dispatchEarly() dispatches at most this many entries. The feed delivers the others. */
const EARLY_MAX = 100;

/** @typedef {import("./feed-types.js").Entry} Entry */

/**
 * `heard` is the sequence number of the latest entry of the workspace that the feed has delivered. `seenAt` is the last
 * time at which the page was up to date.
 */
const page = ofPage(() => ({
  feed: /** @type {ReturnType<typeof followFeed> | null} */ (null),
  recent: /** @type {Entry[]} */ ([]),
  heard: 0,
  dispatchedEarly: /** @type {Set<number>} */ (new Set()),
  seenAt: new Date(document.documentElement.dataset.at ?? 0),
  isLive: false,
}));

export const recent = () => page().recent;

/** @param {string[]} places */
export const reportLocations = (places) => page().feed?.be(places);

/** Has no effect unless the transport is a WebSocket. @param {import("./feed-types.js").Command} command */
export const sendCommand = (command) => page().feed?.say(command);

export function mountPageFeed() {
  const shown = /** @type {HTMLElement | null} */ (document.querySelector("[data-feed-cursor]"));
  const workspace = shown?.dataset.workspace ?? document.documentElement.dataset.workspace;
  if (!workspace) return;
  leaveWhenSignedOut();
  page().heard = Number(shown?.dataset.head ?? 0);
  const place = shown?.dataset.feedCursor ? after(shown.dataset.feedCursor) : `follow=${workspace}`;
  const inbox = after(document.documentElement.dataset.inbox ?? "");
  const feed = (page().feed = followFeed(`${inbox}&${place}`, Number(workspace)));
  feed.on("entry", (entry) => isNews(entry) && pass(entry));
  feed.on("reset", reset);
  for (const name of /** @type {const} */ (["reset", "gone", "state", "here", "user_joined", "user_left", "typing"]))
    feed.on(name, (detail) => dispatch(`feed:${name}`, detail));
  listen("feed:state", showState);
  listen("feed:gone", () => navigateTo("/"));
}

/**
 * Dispatches the entries of a response before the feed delivers them, unless previous entries are still missing.
 * @param {Entry[]} entries
 */
export function dispatchEarly(entries) {
  const { heard, dispatchedEarly } = page();
  if (entries[0]?.seq > heard + 1) return;
  for (const entry of entries.slice(0, EARLY_MAX).filter(({ seq }) => seq > heard)) {
    dispatchedEarly.add(entry.seq);
    pass(entry);
  }
}

/** After a reset (for example, a backup was restored), entries can have other sequence numbers. */
function reset() {
  page().heard = page().recent.length = 0;
  page().dispatchedEarly.clear();
}

/** @param {Entry} entry */
function isNews({ workspace, seq }) {
  if (workspace === null) return true;
  page().heard = seq;
  return !page().dispatchedEarly.delete(seq);
}

/** @param {Entry} entry */
function pass(entry) {
  if (recent().push(entry) > RECENT_MAX) recent().shift();
  dispatch("feed:entry", entry);
}

/** @param {import("./feed-types.js").FeedState} state */
function showState(state) {
  const shown = page();
  if (shown.isLive) shown.seenAt = new Date();
  shown.isLive = state === "live";
  const place = /** @type {HTMLElement | null} */ (document.querySelector("[data-live]"));
  if (!place) return;
  place.hidden = false;
  place.dataset.live = state;
  place.textContent = t(`js.feed.${state}`, state === "offline" ? time(shown.seenAt) : "");
}
