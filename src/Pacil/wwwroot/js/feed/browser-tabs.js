// Shares one feed connection among all tabs of a workspace. The leading tab holds a Web Lock and the connection, and
// passes every event to the other tabs. A tab that has missed entries requests them itself. If the browser has no Web
// Locks (secure connections only) or no BroadcastChannel, each tab has its own connection.

import { get } from "../ajax.js";
import { as } from "../ajax/shapes.js";
import { FeedTarget } from "./feed-target.js";
import { poll } from "./feed-shapes.js";
import { Feed } from "../feed.js";
import { hurryLeader, TabLeader, NAMES } from "./tab-leader.js";
import { after } from "./transports.js";

const SILENCE_MS = 40_000;
/** Names of the messages that the leading tab sends. All other messages are for the leading tab. @type {string[]} */
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

class SharedFeed extends FeedTarget {
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
    this.#channel.onmessage = ({ data }) => HEARD.includes(data[0]) && this.#hear(data);
    this.#hasten = hurryLeader(this.#channel);
    navigator.locks.request(name, () => this.#lead());
    this.#send("who", null);
    addEventListener("pagehide", () => this.be([]));
    this.#watch();
    this.#catchUp();
  }

  /** @param {string[]} places */
  be(places) {
    this.#places = places;
    if (this.#leader) this.#leader.be(this.#tab, places);
    else this.#send("places", { tab: this.#tab, places });
  }

  /** @param {import("./feed-types.js").Command} command */
  say(command) {
    if (this.#leader) this.#leader.say(command);
    else this.#send("say", command);
  }

  /** @param {import("./tab-leader.js").ToLeader} message */
  #send(...message) {
    this.#channel.postMessage(message);
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
    feed.onEach(NAMES, (...event) => this.#take(...event));
    this.#leader = new TabLeader(this.#channel, feed);
    this.be(this.#places);
    feed.open();
    await new Promise(() => {});
  }

  /** @param {import("./tab-leader.js").FromLeader} message */
  #hear(message) {
    const [event, detail] = message;
    this.#watch();
    if (message[0] === "where") return this.be(this.#places);
    if (event === "state") this.#hasten(detail);
    // The last request for missed entries has failed. It can succeed now, because the leading tab is connected.
    if (detail === "live" && this.#isBehind) this.#catchUp();
    if (event === "entry" && this.#isAfterGap(detail)) this.#catchUp();
    else this.#take(...message);
  }

  /** @param {import("./feed-types.js").Entry} entry */
  #isAfterGap = ({ workspace, seq }) =>
    workspace === this.#workspace && seq > this.#seq && (seq > this.#seq + 1 || this.#catching !== null);

  /** @param {import("./feed-types.js").FeedEvent} event */
  #take(...[name, detail]) {
    if (name === "reset") this.#seq = 0;
    if (name === "entry" && detail.workspace === this.#workspace) {
      if (detail.seq <= this.#seq) return;
      this.#seq = detail.seq;
    }
    this.tell(name, detail);
  }

  /** Reads missed entries. If an entry arrives meanwhile, the response may lack that entry, so it reads again. */
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
      const answer = as(poll, await get(`/api/feed?${this.#query}&wait=0`));
      this.#query = after(answer.cursor);
      if (answer.reset) this.#take("reset", answer.reset);
      for (const entry of answer.entries) this.#take("entry", entry);
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
}
