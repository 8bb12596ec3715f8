// Shows the number of unread notifications. data-bell is the sequence number of the latest inbox entry that the
// count includes. Each later inbox entry contains a new count. Without this module the bell shows the count at page
// load.

import { get } from "../ajax.js";
import { anything, as, list } from "../ajax/shapes.js";
import { listen } from "../core/events.js";
import { number, t } from "../core/texts.js";

const SHOWN_MAX = 99;

export function mountBell() {
  const bell = /** @type {HTMLElement | null} */ (document.querySelector("[data-bell]"));
  if (!bell) return;
  listen("feed:entry", (entry) => hear(entry, bell));
  listen("feed:reset", () => recount(bell));
}

/** @typedef {import("./feed-types.js").Entry} Entry */

/** @typedef {import("./feed-types.js").EntryOf<"notification_added" | "notifications_read">} NotificationEntry */

/** @param {Entry} entry @returns {entry is NotificationEntry} */
export const isNotification = (entry) => entry.kind === "notification_added" || entry.kind === "notifications_read";

/** @param {Entry} entry @param {HTMLElement} bell */
function hear(entry, bell) {
  // An inbox entry can arrive twice: from the tab that holds the feed connection, and in the response to this tab's
  // own request for missed entries (browser-tabs.js).
  if (!isNotification(entry) || entry.seq <= Number(bell.dataset.bell)) return;
  bell.dataset.bell = String(entry.seq);
  show(entry.data.unread, bell);
}

/** After a reset, entries can have other sequence numbers, so the count is fetched. @param {HTMLElement} bell */
async function recount(bell) {
  bell.dataset.bell = "0";
  const { length } = as(list(anything), await get(`/api/notifications?unread=true&limit=${SHOWN_MAX + 1}`));
  // An entry that has arrived in the meantime has a newer count.
  if (bell.dataset.bell === "0") show(length, bell);
}

/** @param {number} unread @param {HTMLElement} bell */
function show(unread, bell) {
  const text = unread > SHOWN_MAX ? `${number(SHOWN_MAX)}+` : number(unread);
  /** @type {HTMLElement} */ (bell.querySelector(".badge")).hidden = unread === 0;
  /** @type {HTMLElement} */ (bell.querySelector("[data-unread]")).textContent = text;
  const status = document.querySelector("#status");
  if (status) status.textContent = t("js.notifications.unread", text);
}
