// The connection to the feed: WebSocket or, if that fails, server-sent events or long polling. Reconnects with
// jittered exponential back-off, resumes at the last cursor, and delivers every entry exactly one time and in order.
// Dispatches "entry", "reset", "gone", "here", "user_joined", "user_left" and "typing" with the frame's data as detail,
// and "state" with "live", "reconnecting" or "offline".

import { FeedTarget } from "./feed/feed-target.js";
import { TransportSelector } from "./feed/transport-selector.js";
import { checkSession } from "./core/session.js";
import { after } from "./feed/transports.js";

const PAUSE_MS = 500;
export const PAUSE_MAX_MS = 5_000;
const PAUSE_HIDDEN_MAX_MS = 30_000;
/**
 * A connection without a frame for this time counts as dead. The server sends a heartbeat every 15 seconds, and a long
 * poll ends within 15 seconds.
 */
const SILENCE_MS = 40_000;
/** A connection that ends within this time and has delivered no entry makes the next reconnect pause longer. */
const HELPED_MS = 10_000;
const OFFLINE_AFTER = 3;

export class Feed extends FeedTarget {
  #query;
  #failures = 0;
  #hasFrames = false;
  #openedAt = 0;
  /** @type {Map<number | null, number>} */
  #seen = new Map();
  #connection = new TransportSelector(
    () => `${this.#query}&here=${this.#said}`, (frame) => this.#take(frame), () => this.#retry());
  /** @type {string[]} */
  #places = [];
  #said = "";
  #timer = 0;
  /** Time of the last frame or of open(); 0 during a reconnect pause. */
  #heardAt = 0;
  #over = new AbortController();

  /** @param {string} query feeds and their cursors, such as "after=CURSOR&follow=7" */
  constructor(query) {
    super();
    this.#query = query;
    const { signal } = this.#over;
    addEventListener("online", this.#goOnline, { signal });
    addEventListener("offline", this.#retry, { signal });
    document.addEventListener("visibilitychange", () => document.hidden || this.hurry(), { signal });
  }

  end() {
    this.#over.abort();
    clearTimeout(this.#timer);
    this.#connection.close();
  }

  open() {
    this.#hasFrames = false;
    this.#openedAt = performance.now();
    this.#watch();
    this.#said = this.#places.join();
    this.#connection.open();
  }

  /** Sets the presence locations, that is, the rooms and items that the user has open. @param {string[]} places */
  be(places) {
    this.#places = places;
    if (this.#hasFrames) this.#move();
  }

  /**
   * Sends a command (docs/api/feed.md). Has no effect unless the transport is a WebSocket.
   * @param {import("./feed/feed-types.js").Command} command
   */
  say = (command) => this.#connection.say?.(command);

  #move() {
    if (this.#said === this.#places.join()) return;
    this.#said = this.#places.join();
    if (this.#connection.say) return this.say({ do: "here", ref: "here", places: this.#places });
    // The other transports send the presence locations in the URL, so they must reconnect.
    this.open();
  }

  /** @param {import("./feed/feed-types.js").Frame} frame */
  #take(frame) {
    this.#watch();
    this.#hasFrames = true;
    const { event, data } = frame;
    if (event === "hello") this.#greet(data);
    else if (event === "done") frame.ref === "here" && this.tell("here", frame.data);
    else if (event === "entry") this.#entry(data);
    else if (event === "close") data.reason === "signed_out" && checkSession();
    else if (event !== "heartbeat" && event !== "problem") this.tell(event, data);
    if (event === "reset") for (const workspace of data.workspaces) this.#seen.delete(workspace);
    if (frame.id) this.#query = after(frame.id);
  }

  /** @param {Partial<import("./feed/feed-types.js").Hello>} hello */
  #greet({ here = [] }) {
    this.tell("state", "live");
    for (const crowd of here) this.tell("here", crowd);
    this.#move();
  }

  /** @param {import("./feed/feed-types.js").Entry} entry */
  #entry(entry) {
    if (entry.seq <= (this.#seen.get(entry.workspace) ?? 0)) return;
    this.#seen.set(entry.workspace, entry.seq);
    this.#failures = 0;
    this.tell("entry", entry);
  }

  #retry = () => {
    const lived = performance.now() - this.#openedAt;
    this.#failures = this.#hasFrames && lived > HELPED_MS ? 1 : this.#failures + 1;
    if (!this.#hasFrames && this.#failures > 1) this.#connection.useNext();
    this.#connection.close();
    this.#hasFrames = false;
    this.#heardAt = 0;
    this.tell("state", this.#failures > OFFLINE_AFTER || !navigator.onLine ? "offline" : "reconnecting");
    const longest = document.hidden ? PAUSE_HIDDEN_MAX_MS : PAUSE_MAX_MS;
    const pause = Math.min(PAUSE_MS * 2 ** (this.#failures - 1), longest) * (0.5 + Math.random());
    clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => this.open(), pause);
  };

  /** Reconnects after SILENCE_MS without a frame, because a dead connection may still seem open. */
  #watch() {
    this.#heardAt = Date.now();
    clearTimeout(this.#timer);
    this.#timer = window.setTimeout(this.#retry, SILENCE_MS);
  }

  /** Ends a reconnect pause. Also reconnects after the machine has slept, because timers do not run during sleep. */
  hurry() {
    if (Date.now() - this.#heardAt > SILENCE_MS) this.open();
  }

  /** Without a working connection, starts a new attempt, because an attempt that started without a network can hang. */
  #goOnline = () => {
    if (this.#hasFrames) return this.#connection.tryBest();
    this.#connection.useBest();
    this.open();
  };
}
