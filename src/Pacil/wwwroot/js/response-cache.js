// What the server has answered to GETs. As good as new for a while, as long as nothing has changed that it may tell of;
// then asked for again by its ETag, so that what is still the same need not travel.

const ANSWERS_MAX = 200;

/** @typedef {{ body: any, etag: string | null, goodUntil: number }} Answer */

export class Answers {
  /** Entries that an answer which began earlier does not contain. */
  round = 0;
  /** Whether changes are told as they happen; else no answer is good without asking. */
  isLive = false;
  /** @type {Map<string, Answer>} */
  #byUrl = new Map();

  /** @param {string} url @returns {any} undefined where the server must be asked */
  fresh(url) {
    const answer = this.#byUrl.get(url);
    return this.isLive && answer && performance.now() < answer.goodUntil ? answer.body : undefined;
  }

  /** @param {string} url */
  etag(url) {
    return this.#byUrl.get(url)?.etag ?? null;
  }

  /** The server says that it is still the same. @param {string} url @param {number} ttl @param {number} round */
  renew(url, ttl, round) {
    const { body, etag } = /** @type {Answer} */ (this.#byUrl.get(url));
    return this.keep(url, body, etag, ttl, round);
  }

  /**
   * @param {string} url @param {any} body @param {string | null} etag
   * @param {number} ttl seconds @param {number} round as it was when the request left
   */
  keep(url, body, etag, ttl, round) {
    const isLate = round !== this.round;
    if (!isLate || etag) {
      this.#byUrl.delete(url);
      this.#byUrl.set(url, { body, etag, goodUntil: isLate ? 0 : performance.now() + ttl * 1000 });
    }
    for (const [oldest] of this.#byUrl) if (this.#byUrl.size > ANSWERS_MAX) this.#byUrl.delete(oldest);
    return body;
  }

  /**
   * Something has changed: whatever may tell of it must be asked for again.
   * @param {{ subject: { type: string, id: number } }} [entry] of the feed; left out, it may be anything
   */
  spoil(entry) {
    this.round += 1;
    for (const [url, answer] of this.#byUrl) {
      const item = url.match(/\/items\/(\d+)(?=[/?]|$)/)?.[1];
      const isOther = entry?.subject.type === "item" && item !== undefined && Number(item) !== entry.subject.id;
      if (!isOther) answer.goodUntil = 0;
    }
  }
}
