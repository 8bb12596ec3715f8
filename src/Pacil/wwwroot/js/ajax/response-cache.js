// Caches responses to GET requests. A response is fresh until its TTL ends or a feed entry may have changed the
// resource. After that, the client revalidates the response by its ETag.

const ANSWERS_MAX = 200;

/** @typedef {import("../core/types.js").Json} Json */
/** @typedef {{ body: Json, etag: string | null, goodUntil: number }} Answer */

export class Answers {
  /** Number of changes so far. If the number grows while a request is running, the response may be outdated. */
  round = 0;
  /** Whether the feed is connected. Otherwise changes go unnoticed, so no cached response is fresh. */
  isLive = false;
  /** @type {Map<string, Answer>} */
  #byUrl = new Map();

  /** The cached response body, or undefined if there is none or it is not fresh. @param {string} url */
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
   * @param {string} url @param {Json} body @param {string | null} etag @param {number} ttl in seconds
   * @param {number} round the value of this.round when the request was sent
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
   * Marks as stale every response that the entry may affect. Without an entry, marks all responses as stale.
   * @param {{ subject: { type: string, id: number } }} [entry]
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
