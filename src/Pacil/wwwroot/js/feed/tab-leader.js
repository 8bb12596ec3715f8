// The leader is the tab that holds the feed's connection for all tabs of a workspace. It passes every feed event to the
// other tabs, and reports the presence locations of all tabs to the server. In a background tab, the leader reconnects
// only after long pauses, which a visible tab can end.

import { FRAMES, reduce } from "./presence-state.js";
import { PAUSE_MAX_MS } from "../feed.js";

export const NAMES = ["entry", "reset", "gone", "state", "typing", ...FRAMES];
const ROUND_MS = 13_000;

export class TabLeader {
  #channel;
  #feed;
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
    for (const name of NAMES)
      feed.addEventListener(name, (event) => this.#pass(name, /** @type {CustomEvent} */ (event).detail));
    channel.onmessage = ({ data: [event, detail] }) => this.#answer(event, detail);
    channel.postMessage(["where", null]);
    setInterval(() => this.#callRoll(), ROUND_MS);
  }

  /** @param {string} tab @param {string[]} places */
  be(tab, places) {
    this.#tabs.set(tab, { places, round: this.#round });
    this.#feed.be([...new Set([...this.#tabs.values()].flatMap((one) => one.places))].sort());
  }

  /** @param {object} command */
  say(command) {
    this.#feed.say(command);
  }

  /** @param {string} name @param {any} detail */
  #pass(name, detail) {
    if (name === "state") this.#state = detail;
    if (FRAMES.includes(name)) this.#crowd = reduce(this.#crowd, name, detail);
    this.#channel.postMessage([name, detail]);
  }

  /** @param {string} event @param {any} detail */
  #answer(event, detail) {
    if (event === "places") this.be(detail.tab, detail.places);
    else if (event === "say") this.#feed.say(detail);
    else if (event === "hurry") this.#feed.hurry();
    else if (event === "who") {
      this.#channel.postMessage(["state", this.#state]);
      if (this.#crowd) this.#channel.postMessage(["here", this.#crowd]);
    }
  }

  /** Asks all tabs for their presence locations. A tab counts as closed if it has not responded to two such calls. */
  #callRoll() {
    this.#round += 1;
    for (const [tab, { places, round }] of this.#tabs)
      if (round < this.#round - 2 && places.length > 0) this.be(tab, []);
    this.#channel.postMessage(["state", this.#state]);
    this.#channel.postMessage(["where", null]);
  }
}

/**
 * Asks the leader to reconnect when this tab becomes visible, when the network returns, or while the feed is not live.
 * @param {BroadcastChannel} channel @returns {(state: string) => void} to be called with the feed's state
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
