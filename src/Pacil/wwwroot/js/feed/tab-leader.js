// The leader is the tab that holds the feed's connection for all tabs of a workspace. It passes every feed event to the
// other tabs, and reports the presence locations of all tabs to the server. In a background tab, the leader reconnects
// only after long pauses, which a visible tab can end.

import { withJoined, withoutLeft } from "./presence-state.js";
import { PAUSE_MAX_MS } from "../feed.js";

/**
 * @typedef {import("./feed-types.js").FeedState} FeedState
 * @typedef {import("./feed-types.js").Command} Command
 * @typedef {import("./feed-types.js").FeedEvent | [name: "where", detail: null]} FromLeader a message from the leading
 *   tab to the other tabs
 * @typedef {[event: "who" | "hurry", detail: null] | [event: "say", detail: Command]
 *   | [event: "places", detail: { tab: string, places: string[] }]} ToLeader
 */

export const NAMES = /** @type {const} */ (
  ["entry", "reset", "gone", "state", "typing", "here", "user_joined", "user_left"]);
const ROUND_MS = 13_000;

export class TabLeader {
  #channel;
  #feed;
  /** @type {FeedState} */
  #state = "reconnecting";
  /** @type {import("./presence-state.js").WorkspacePresence | null} */
  #crowd = null;
  /** @type {Map<string, { places: string[], round: number }>} */
  #tabs = new Map();
  #round = 0;

  /** @param {BroadcastChannel} channel @param {import("../feed.js").Feed} feed not yet open */
  constructor(channel, feed) {
    this.#channel = channel;
    this.#feed = feed;
    feed.on("state", (state) => (this.#state = state));
    feed.on("here", (crowd) => (this.#crowd = crowd));
    feed.on("user_joined", (moved) => (this.#crowd = withJoined(this.#crowd, moved)));
    feed.on("user_left", (moved) => (this.#crowd = withoutLeft(this.#crowd, moved)));
    feed.onEach(NAMES, (...event) => this.#send(...event));
    channel.onmessage = ({ data }) => this.#answer(...data);
    this.#send("where", null);
    setInterval(() => this.#callRoll(), ROUND_MS);
  }

  /** @param {string} tab @param {string[]} places */
  be(tab, places) {
    this.#tabs.set(tab, { places, round: this.#round });
    this.#feed.be([...new Set([...this.#tabs.values()].flatMap((one) => one.places))].sort());
  }

  /** @param {Command} command */
  say(command) {
    this.#feed.say(command);
  }

  /** @param {FromLeader} message */
  #send(...message) {
    this.#channel.postMessage(message);
  }

  /** @param {ToLeader} message */
  #answer(...[event, detail]) {
    if (event === "places") this.be(detail.tab, detail.places);
    else if (event === "say") this.#feed.say(detail);
    else if (event === "hurry") this.#feed.hurry();
    else if (event === "who") {
      this.#send("state", this.#state);
      if (this.#crowd) this.#send("here", this.#crowd);
    }
  }

  /** Asks all tabs for their presence locations. A tab counts as closed if it has not responded to two such calls. */
  #callRoll() {
    this.#round += 1;
    for (const [tab, { places, round }] of this.#tabs)
      if (round < this.#round - 2 && places.length > 0) this.be(tab, []);
    this.#send("state", this.#state);
    this.#send("where", null);
  }
}

/**
 * Asks the leader to reconnect when this tab becomes visible, when the network returns, or while the feed is not live.
 * @param {BroadcastChannel} channel @returns {(state: FeedState) => void} to be called with the feed's state
 */
export function hurryLeader(channel) {
  let timer = 0;
  const hurry = () => document.hidden || channel.postMessage(["hurry", null]);
  addEventListener("online", hurry);
  document.addEventListener("visibilitychange", hurry);
  return (state) => {
    clearTimeout(timer);
    if (state !== "live") timer = window.setTimeout(hurry, PAUSE_MAX_MS * (0.5 + Math.random()));
  };
}
