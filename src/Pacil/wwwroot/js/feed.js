// The connection to the feed. WebSocket, else server-sent events, else long polling; comes back from where it was,
// after pauses that grow and differ, and hands over every entry once and in order.
// Dispatches "entry", "reset", "gone", "here", "user_joined", "user_left", "typing" with the frame's data as detail,
// and "state": "live", "reconnecting", "offline".

import { TransportSelector } from "./transport-selector.js";
import { checkSession } from "./session.js";
import { after } from "./transports.js";

const PAUSE_MS = 500;
/** While the page is looked at, and while it is not. */
export const PAUSE_MAX_MS = 5_000;
const PAUSE_HIDDEN_MAX_MS = 30_000;
/** The server is heard from every 15 seconds; a long poll answers within 15. */
const SILENCE_MS = 40_000;
/** A connection that ends sooner, with no entry, has not helped: the next pause is longer. */
const HELPED_MS = 10_000;
const OFFLINE_AFTER = 3;

export class Feed extends EventTarget {
  #query;
  #failures = 0;
  /** It is open, and the server has said something. */
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
  /** When something was last heard or begun; 0 in a pause. */
  #heardAt = 0;
  #over = new AbortController();

  /** @param {string} query which feeds, and where to go on from: "after=CURSOR&follow=7" */
  constructor(query) {
    super();
    this.#query = query;
    const { signal } = this.#over;
    addEventListener("online", this.#goOnline, { signal });
    addEventListener("offline", this.#retry, { signal });
    document.addEventListener("visibilitychange", () => document.hidden || this.hurry(), { signal });
  }

  /** Follows no more. */
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

  /** Says at which places of the workspace the person is. @param {string[]} places */
  be(places) {
    this.#places = places;
    if (this.#hasFrames) this.#move();
  }

  /** Sends a command, if the connection can; see docs/api/feed.md. @param {object} command */
  say = (command) => this.#connection.say?.(command);

  #move() {
    if (this.#said === this.#places.join()) return;
    this.#said = this.#places.join();
    if (this.#connection.say) return this.say({ do: "here", ref: "here", places: this.#places });
    // The other transports say it in the address.
    this.open();
  }

  /** @param {import("./transports.js").Frame} frame */
  #take({ event, id, ref, data }) {
    this.#watch();
    this.#hasFrames = true;
    if (event === "hello") this.#greet(data);
    else if (event === "done" && ref === "here") this.#tell("here", data);
    else if (event === "entry") this.#entry(data);
    else if (event === "close" && data.reason === "signed_out") checkSession();
    else if (event !== "heartbeat") this.#tell(event, data);
    if (event === "reset") for (const workspace of data.workspaces) this.#seen.delete(workspace);
    if (id) this.#query = after(id);
  }

  /** @param {any} hello */
  #greet({ here = [] }) {
    this.#tell("state", "live");
    for (const crowd of here) this.#tell("here", crowd);
    this.#move();
  }

  /** @param {any} entry */
  #entry(entry) {
    if (entry.seq <= (this.#seen.get(entry.workspace) ?? 0)) return;
    this.#seen.set(entry.workspace, entry.seq);
    this.#failures = 0;
    this.#tell("entry", entry);
  }

  #retry = () => {
    const lived = performance.now() - this.#openedAt;
    this.#failures = this.#hasFrames && lived > HELPED_MS ? 1 : this.#failures + 1;
    if (!this.#hasFrames && this.#failures > 1) this.#connection.useNext();
    this.#connection.close();
    this.#hasFrames = false;
    this.#heardAt = 0;
    this.#tell("state", this.#failures > OFFLINE_AFTER || !navigator.onLine ? "offline" : "reconnecting");
    const longest = document.hidden ? PAUSE_HIDDEN_MAX_MS : PAUSE_MAX_MS;
    const pause = Math.min(PAUSE_MS * 2 ** (this.#failures - 1), longest) * (0.5 + Math.random());
    clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => this.open(), pause);
  };

  /** A server that is silent for so long is gone, even if the connection seems open. */
  #watch() {
    this.#heardAt = Date.now();
    clearTimeout(this.#timer);
    this.#timer = window.setTimeout(this.#retry, SILENCE_MS);
  }

  /** Somebody looks: no use in waiting out the pause, nor for a watch that slept as the machine did. */
  hurry() {
    if (Date.now() - this.#heardAt > SILENCE_MS) this.open();
  }

  /** What has begun without a network may wait for nothing. */
  #goOnline = () => {
    if (this.#hasFrames) return this.#connection.tryBest();
    this.#connection.useBest();
    this.open();
  };

  /** @param {string} name @param {unknown} detail */
  #tell(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }
}
