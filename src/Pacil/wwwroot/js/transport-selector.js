// By which transport the feed is read: by the best, unless it does not work, else by the next. Beside one that is not
// the best, the best is tried now and then: where it works it takes over, so that no outage leaves a page with less for
// good, and where it does not, the one in use has lost nothing.

import { transports } from "./transports.js";

const RISE_MS = 10_000;
/** Each try doubles the time to the next, up to some ten minutes. */
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
   * @param {() => string} query what to ask for
   * @param {(frame: import("./transports.js").Frame) => void} onFrame
   * @param {() => void} onEnd the connection has ended, and not by close
   */
  constructor(query, onFrame, onEnd) {
    this.#query = query;
    this.#onFrame = onFrame;
    this.#onEnd = onEnd;
  }

  /** Sends a command; undefined where the connection cannot. */
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

  /** The next one is to be opened; after the last, the best. */
  useNext() {
    this.#step = (this.#step + 1) % transports.length;
  }

  /** The best one is to be opened. */
  useBest() {
    this.#step = this.#rises = 0;
  }

  /** Tries whether the best works by now. */
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
