// Shows the number of unread notifications. data-bell is the number of the last counted inbox entry; each later entry
// contains a new count. Without this module the bell shows the count at page load.

import { get } from "../ajax.js";
import { detail } from "../core/dom.js";
import { number, t } from "../core/texts.js";

const SHOWN_MAX = 99;

export function mountBell() {
  const bell = /** @type {HTMLElement | null} */ (document.querySelector("[data-bell]"));
  if (!bell) return;
  document.addEventListener("feed:entry", (event) => hear(detail(event), bell));
  document.addEventListener("feed:reset", () => recount(bell));
}

/** @param {import("../core/types.js").Entry} entry */
export const isNotification = ({ workspace, kind }) =>
  workspace === null && (kind === "notification_added" || kind === "notifications_read");

/** @param {import("../core/types.js").Entry} entry @param {HTMLElement} bell */
function hear(entry, bell) {
  // An inbox entry may arrive twice: from the leading tab and from this tab's own catch-up (browser-tabs.js).
  if (!isNotification(entry) || entry.seq <= Number(bell.dataset.bell)) return;
  bell.dataset.bell = String(entry.seq);
  show(entry.data.unread, bell);
}

/** A reset may give the inbox another history, so the count is read again. @param {HTMLElement} bell */
async function recount(bell) {
  bell.dataset.bell = "0";
  show((await get(`/api/notifications?unread=true&limit=${SHOWN_MAX + 1}`)).length, bell);
}

/** @param {number} unread @param {HTMLElement} bell */
function show(unread, bell) {
  const text = unread > SHOWN_MAX ? `${number(SHOWN_MAX)}+` : number(unread);
  /** @type {HTMLElement} */ (bell.querySelector(".badge")).hidden = unread === 0;
  /** @type {HTMLElement} */ (bell.querySelector("[data-unread]")).textContent = text;
  const status = document.querySelector("#status");
  if (status) status.textContent = t("js.notifications.unread", text);
}
