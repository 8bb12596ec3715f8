// Keeps the page of notifications current. A click on a notification's link marks the notification as read. Without
// this module the buttons submit forms, and the page stays as it was loaded.

import { get, post } from "../ajax.js";
import { isNotification } from "./bell.js";
import { as, list as listOf, notification } from "../ajax/shapes.js";
import { clone, part } from "../core/dom.js";
import { listen } from "../core/events.js";
import { t } from "../core/texts.js";
import { toastError } from "../core/toast.js";

const ADDRESS = "/api/notifications";

export function mountNotifications() {
  const list = /** @type {HTMLElement | null} */ (document.querySelector("[data-notifications]"));
  if (!list) return;
  /** @type {Promise<void>} */
  let fetching = Promise.resolve();
  const fetchNext = () => (fetching = fetching.then(() => fetchNew(list)).catch(toastError));
  listen("feed:entry", (entry) => hear(entry, list, fetchNext));
  listen("feed:reset", () => location.reload());
  document.addEventListener("click", (event) => click(event, list));
}

/** @param {import("./feed-types.js").Entry} entry @param {HTMLElement} list @param {() => void} fetchNext */
function hear(entry, list, fetchNext) {
  if (!isNotification(entry)) return;
  if (entry.kind === "notifications_read") {
    const { ids = [], through = 0, gone } = entry.data;
    if (gone) for (const id of ids) document.getElementById(`notification-${id}`)?.remove();
    showRead(list, (id) => id <= through || ids.includes(id));
  }
  // A page with a cursor in its URL shows older notifications only.
  else if (!location.search.includes("cursor=")) fetchNext();
}

/**
 * Fetches new notifications, because a feed entry does not contain their text, which depends on the reader.
 * @param {HTMLElement} list
 */
async function fetchNew(list) {
  const isKnown = (/** @type {{ id: number }} */ { id }) => document.getElementById(`notification-${id}`) !== null;
  const latest = as(listOf(notification), await get(`${ADDRESS}?limit=50`));
  const fresh = latest.filter((one) => one.read_at === null && !isKnown(one) && one.id > newest(list));
  for (const one of fresh.reverse()) list.prepend(row(one));
  if (fresh.length > 0) /** @type {HTMLElement} */ (document.querySelector("[data-empty]")).hidden = true;
}

/** @param {import("../core/types.js").Notification} one @returns {HTMLElement} */
function row(one) {
  const made = clone("notification");
  made.id = `notification-${one.id}`;
  made.classList.add("unread");
  const link = part(made, "text");
  link.setAttribute("href", link.getAttribute("href") + String(one.id));
  link.textContent = one.text;
  part(made, "at").setAttribute("datetime", one.at);
  part(made, "at").textContent = t("js.now");
  /** @type {HTMLButtonElement} */ (made.querySelector("button")).value = String(one.id);
  return made;
}

/** @param {Element | null} element */
const idOf = (element) => Number(element?.id.slice("notification-".length) ?? 0);

/** @param {HTMLElement} list */
const newest = (list) => idOf(list.firstElementChild);

/** @param {HTMLElement} list @param {(id: number) => boolean} isRead */
function showRead(list, isRead) {
  for (const one of list.querySelectorAll("li.unread")) {
    if (!isRead(idOf(one))) continue;
    one.classList.remove("unread");
    const button = /** @type {HTMLButtonElement} */ (one.querySelector("button"));
    // Hiding a focused button would lose the keyboard focus.
    if (button === document.activeElement) /** @type {HTMLElement} */ (one.querySelector("a")).focus();
    button.hidden = true;
  }
}

/** @param {MouseEvent} event @param {HTMLElement} list */
function click(event, list) {
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
  const target = /** @type {Element} */ (event.target);
  const button = /** @type {HTMLButtonElement | null} */ (target.closest("button[form=mark], [data-mark-all]"));
  const link = /** @type {HTMLAnchorElement | null} */ (target.closest("li.unread [data-text]"));
  if (button) mark(button.name === "ids" ? [Number(button.value)] : null, list).catch(toastError);
  else if (link) mark([idOf(link.closest("li"))], list, 1).catch(() => {}).then(() => location.assign(link.href));
  else return;
  event.preventDefault();
}

/**
 * @param {number[] | null} ids null for all notifications up to the newest on the page
 * @param {HTMLElement} list @param {number} [attempts]
 */
async function mark(ids, list, attempts) {
  const through = newest(list);
  await post(`${ADDRESS}/read`, ids ? { ids } : { through }, { key: null, attempts });
  showRead(list, (id) => (ids ? ids.includes(id) : id <= through));
}
