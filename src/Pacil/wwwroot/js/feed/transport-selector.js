// Selects the best transport that works. While another transport is in use, tries the best transport at intervals
// on a second connection, and switches to that connection when it works. So an outage does not downgrade a page
// permanently.

import { transports } from "./transports.js";

const RISE_MS = 10_000;
/** Each attempt to use the best transport doubles the time to the next attempt, from 10 to at most 640 seconds. */
const DOUBLINGS_MAX = 6;

/** @typedef {import("./transports.js").Connection} Connection */

export class TransportSelector {
  #query;
  #onFrame;
  #onEnd;
  #step = 0;
  #rises = 0;
  #timer = 0;
  /** @type {Connection} */
  #used = { close() {} };
  /** @type {Connection} */
  #tried = this.#used;

  /**
   * @param {() => string} query @param {(frame: import("./feed-types.js").Frame) => void} onFrame
   * @param {() => void} onEnd called when the connection ends for any reason other than close()
   */
  constructor(query, onFrame, onEnd) {
    this.#query = query;
    this.#onFrame = onFrame;
    this.#onEnd = onEnd;
  }

  /** Sends a command to the server. Undefined if the transport cannot send commands. */
  get say() {
    return this.#used.say;
  }

  open() {
    this.close();
    this.#used = transports[this.#step](this.#query(), this.#onFrame, this.#onEnd);
    this.#riseLater();
  }

  close() {
    clearTimeout(this.#timer);
    this.#tried.close();
    this.#used.close();
  }

  /** Makes the next open() use the next transport in the list or, after the last transport, the first. */
  useNext() {
    this.#step = (this.#step + 1) % transports.length;
  }

  useBest() {
    this.#step = this.#rises = 0;
  }

  tryBest = () => {
    if (this.#step === 0) return;
    clearTimeout(this.#timer);
    this.#tried.close();
    this.#rises += 1;
    const best = transports[0](
      this.#query(),
      (frame) => {
        if (this.#used !== best) this.#take(best);
        this.#onFrame(frame);
      },
      () => (this.#used === best ? this.#onEnd() : this.#riseLater()));
    this.#tried = best;
  };

  /** @param {Connection} best */
  #take(best) {
    this.#used.close();
    this.#used = best;
    this.useBest();
  }

  #riseLater() {
    if (this.#step === 0) return;
    clearTimeout(this.#timer);
    this.#timer = window.setTimeout(this.tryBest, RISE_MS * 2 ** Math.min(this.#rises, DOUBLINGS_MAX));
  }
}
