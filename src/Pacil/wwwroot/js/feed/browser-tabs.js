// One connection to the feed for all tabs of a workspace: the leading tab holds a Web Lock and the connection, and
// passes on every event. A tab that misses entries reads them itself. Without Web Locks (secure connections only) or
// BroadcastChannel, each tab has its own connection. Dispatches the events of Feed.

import { get } from "../ajax.js";
import { Feed } from "../feed.js";
import { hurryLeader, TabLeader, NAMES } from "./tab-leader.js";
import { after } from "./transports.js";

const SILENCE_MS = 40_000;
/** Messages from the leader; all others are for the leader. */
const HEARD = ["where", ...NAMES];

/** @param {string} query @param {number} workspace @returns {Feed | SharedFeed} */
export function followFeed(query, workspace) {
  if (!("locks" in navigator) || !("BroadcastChannel" in window)) {
    const feed = new Feed(query);
    feed.open();
    return feed;
  }
  return new SharedFeed(query, workspace);
}

class SharedFeed extends EventTarget {
  #query;
  #workspace;
  #seq = 0;
  #channel;
  #timer = 0;
  #hasten;
  #tab = crypto.randomUUID();
  /** @type {string[]} */
  #places = [];
  /** @type {TabLeader | null} */
  #leader = null;
  /** @type {Promise<void> | null} */
  #catching = null;
  #isBehind = false;

  /** @param {string} query @param {number} workspace */
  constructor(query, workspace) {
    super();
    this.#query = query;
    this.#workspace = workspace;
    const name = `pacil-feed-${document.documentElement.dataset.account}-${workspace}`;
    this.#channel = new BroadcastChannel(name);
    this.#channel.onmessage = ({ data: [event, detail] }) => this.#hear(event, detail);
    this.#hasten = hurryLeader(this.#channel);
    navigator.locks.request(name, () => this.#lead());
    this.#channel.postMessage(["who", null]);
    addEventListener("pagehide", () => this.be([]));
    this.#watch();
    this.#catchUp();
  }

  /** @param {string[]} places */
  be(places) {
    this.#places = places;
    if (this.#leader) this.#leader.be(this.#tab, places);
    else this.#channel.postMessage(["places", { tab: this.#tab, places }]);
  }

  /** @param {object} command */
  say(command) {
    if (this.#leader) this.#leader.say(command);
    else this.#channel.postMessage(["say", command]);
  }

  /** Runs once this tab has the lock, and keeps it until the tab closes. */
  async #lead() {
    // The feed starts before this tab's catch-up, because the other tabs may have missed the same entries.
    const from = this.#query;
    // Leads a signed-out user to sign-in: a refused WebSocket does not tell the reason.
    if (!this.#catching) this.#catchUp();
    clearTimeout(this.#timer);
    const feed = new Feed(from);
    for (const name of NAMES)
      feed.addEventListener(name, (event) => {
        const { detail } = /** @type {CustomEvent} */ (event);
        if (name === "entry") this.#entry(detail);
        else this.#tell(name, detail);
      });
    this.#leader = new TabLeader(this.#channel, feed);
    this.be(this.#places);
    feed.open();
    await new Promise(() => {});
  }

  /** @param {string} event @param {any} detail */
  #hear(event, detail) {
    if (!HEARD.includes(event)) return;
    this.#watch();
    if (event === "where") return this.be(this.#places);
    if (event === "state") this.#hasten(detail);
    // A catch-up that failed may succeed now.
    if (detail === "live" && this.#isBehind) this.#catchUp();
    if (event !== "entry") return this.#tell(event, detail);
    if (detail.workspace !== this.#workspace || (detail.seq === this.#seq + 1 && !this.#catching)) this.#entry(detail);
    else if (detail.seq > this.#seq) this.#catchUp();
  }

  /** @param {any} entry */
  #entry(entry) {
    if (entry.workspace === this.#workspace) {
      if (entry.seq <= this.#seq) return;
      this.#seq = entry.seq;
    }
    this.#tell("entry", entry);
  }

  /** Reads missed entries. Reads again if one arrives during a read, whose answer may not contain it. */
  #catchUp() {
    this.#isBehind = true;
    this.#catching ??= this.#read()
      .catch(() => {
        this.#isBehind = true;
      })
      .finally(() => (this.#catching = null));
  }

  async #read() {
    while (this.#isBehind) {
      this.#isBehind = false;
      const answer = await get(`/api/feed?${this.#query}&wait=0`);
      this.#query = after(answer.cursor);
      if (answer.reset) this.#tell("reset", answer.reset);
      for (const entry of answer.entries) this.#entry(entry);
      this.#isBehind ||= answer.entries.length > 0;
    }
  }

  /** The browser may suspend the leader: after a silence this tab reads the entries itself. */
  #watch() {
    clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => {
      this.#catchUp();
      this.#watch();
    }, SILENCE_MS);
  }

  /** @param {string} name @param {unknown} detail */
  #tell(name, detail) {
    if (name === "reset") this.#seq = 0;
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }
}
