// Caches the answers to GETs. An answer is fresh until its TTL ends or an entry may have changed it; after that it is
// revalidated by its ETag.

const ANSWERS_MAX = 200;

/** @typedef {{ body: any, etag: string | null, goodUntil: number }} Answer */

export class Answers {
  /** Counts the changes; the answer to a request of an earlier round may be outdated. */
  round = 0;
  /** Whether the feed is connected; otherwise no answer is fresh. */
  isLive = false;
  /** @type {Map<string, Answer>} */
  #byUrl = new Map();

  /** @param {string} url @returns {any} undefined if the server must be asked */
  fresh(url) {
    const answer = this.#byUrl.get(url);
    return this.isLive && answer && performance.now() < answer.goodUntil ? answer.body : undefined;
  }

  /** @param {string} url */
  etag(url) {
    return this.#byUrl.get(url)?.etag ?? null;
  }

  /** @param {string} url @param {number} ttl @param {number} round */
  renew(url, ttl, round) {
    const { body, etag } = /** @type {Answer} */ (this.#byUrl.get(url));
    return this.keep(url, body, etag, ttl, round);
  }

  /**
   * @param {string} url @param {any} body @param {string | null} etag
   * @param {number} ttl seconds @param {number} round when the request was sent
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
   * Marks answers that a change may have outdated as stale.
   * @param {{ subject: { type: string, id: number } }} [entry] if left out, all of them
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
