// Shares one feed connection among all tabs of a workspace. The leading tab holds a Web Lock and the connection, and
// passes every event to the other tabs. A tab that has missed entries requests them itself. If the browser has no Web
// Locks (secure connections only) or no BroadcastChannel, each tab has its own connection.

import { get } from "../ajax.js";
import { Feed } from "../feed.js";
import { hurryLeader, TabLeader, NAMES } from "./tab-leader.js";
import { after } from "./transports.js";

const SILENCE_MS = 40_000;
/** Names of the messages that the leading tab sends. All other messages are for the leading tab. */
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

  /** Runs when this tab gets the lock. The promise never resolves, so the tab holds the lock until the tab closes. */
  async #lead() {
    // #catchUp() changes #query, so #query is read first. The feed then also sends the entries that #catchUp() reads,
    // because other tabs may have missed the same entries.
    const from = this.#query;
    // If the user is signed out, this request opens the sign-in page. A refused WebSocket does not report a reason.
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
    // The last request for missed entries has failed. It can succeed now, because the leading tab is connected.
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

  /**
   * Reads missed entries. Reads again if an entry arrives during the request, because the response may lack that entry.
   */
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

  /** If the browser suspends the leader, this tab reads the entries itself after SILENCE_MS without a message. */
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
