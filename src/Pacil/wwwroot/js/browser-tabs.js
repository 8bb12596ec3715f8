// One connection to the feed for all tabs that show the same workspace, where the browser can: one tab holds a lock
// and the connection, and passes on what it hears. A tab that misses something asks for it by itself. Elsewhere, and
// without a secure connection, each tab has a connection of its own.
// Dispatches what Feed does.

import { get } from "./ajax.js";
import { Feed } from "./feed.js";
import { hurryLeader, TabLeader, NAMES } from "./tab-leader.js";
import { after } from "./transports.js";

const SILENCE_MS = 40_000;
/** From the tab that leads; the rest is for it. */
const HEARD = ["where", ...NAMES];

/** @param {string} query where to go on from @param {number} workspace @returns {Feed | SharedFeed} */
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
  /** There may be more than has been read. */
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

  /** Says at which places of the workspace this tab is. @param {string[]} places */
  be(places) {
    this.#places = places;
    if (this.#leader) this.#leader.be(this.#tab, places);
    else this.#channel.postMessage(["places", { tab: this.#tab, places }]);
  }

  /** Sends a command, if the connection can. @param {object} command */
  say(command) {
    if (this.#leader) this.#leader.say(command);
    else this.#channel.postMessage(["say", command]);
  }

  /** Holds the connection until the tab goes. */
  async #lead() {
    // What this tab reads now, the others may have missed too: they hear it from the feed.
    const from = this.#query;
    // Who is signed out leaves by this: a connection that is refused cannot say why.
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

  /** From the tab that leads. @param {string} event @param {any} detail */
  #hear(event, detail) {
    if (!HEARD.includes(event)) return;
    this.#watch();
    if (event === "where") return this.be(this.#places);
    if (event === "state") this.#hasten(detail);
    // What could not be read, it may be now.
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

  /** Reads what was missed, and once more what is told of meanwhile: the answer under way may not have it. */
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

  /** The tab that leads may sleep. */
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
