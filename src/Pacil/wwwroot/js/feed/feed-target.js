/** @typedef {import("./feed-types.js").FeedEvents} FeedEvents */
/** @template {keyof FeedEvents} Name @typedef {import("./feed-types.js").FeedEvent<Name>} FeedEvent */

/** An EventTarget for the events of the feed. Their details are typed by their names. */
export class FeedTarget extends EventTarget {
  /** @template {keyof FeedEvents} Name @param {Name} name @param {(detail: FeedEvents[Name]) => void} listener */
  on(name, listener) {
    this.addEventListener(name, (event) => listener(/** @type {CustomEvent<FeedEvents[Name]>} */ (event).detail));
  }

  /**
   * @template {keyof FeedEvents} Name @param {readonly Name[]} names
   * @param {(...event: FeedEvent<Name>) => void} listener
   */
  onEach(names, listener) {
    for (const name of names) this.on(name, (detail) => listener(.../** @type {FeedEvent<Name>} */ ([name, detail])));
  }

  /** @template {keyof FeedEvents} Name @param {Name} name @param {FeedEvents[Name]} detail */
  tell(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }
}
