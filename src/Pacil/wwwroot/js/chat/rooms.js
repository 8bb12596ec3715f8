// Keeps the list of rooms and their unread counts current. <p data-joined> shows for four seconds who has entered the
// current room. Without this module the list stays as it was loaded.

import { channel } from "../core/channel.js";
import { as, numeric, object } from "../ajax/shapes.js";
import { clone, part } from "../core/dom.js";
import { listen } from "../core/events.js";
import { isBefore } from "../items/row-order.js";
import { t } from "../core/texts.js";

const SHOWN_MAX = 99;
const JOINED_SHOWN_MS = 4_000;

const opened = object({ id: numeric });

export function mountRooms() {
  listen("feed:user_joined", greet);
  const talk = /** @type {HTMLElement | null} */ (document.querySelector("[data-talk]"));
  const list = document.querySelector("[data-rooms]");
  if (!talk || !list) return;
  listen("feed:entry", (entry) => take(entry, talk, list));
  // The feed does not report reading, so the tab in which the user reads a room sends the unread count to other tabs.
  channel("room-reads")?.addEventListener("message", ({ data }) => showUnread(linkOf(data.room), data.unread));
  const form = document.querySelector("[data-open-room]");
  if (form)
    listen("form:done", (answer) => {
      const address = list.querySelector("a")?.getAttribute("href") ?? "";
      location.assign(address.replace(/[^/]+$/, String(as(opened, answer).id)));
    }, form);
}

/** @param {import("../feed/feed-types.js").Entry} entry @param {HTMLElement} talk @param {Element} list */
function take({ workspace, kind, subject, data, actor }, talk, list) {
  if (workspace !== Number(talk.dataset.workspace)) return;
  if (kind === "message_posted" && !("redacted" in data)) {
    const isMine = String(actor.id) === document.documentElement.dataset.account;
    if (!isMine && String(data.room) !== talk.dataset.room) showUnread(linkOf(data.room));
  }
  if (kind !== "room_created" && kind !== "room_renamed" && kind !== "room_archived" && kind !== "room_restored")
    return;
  const link = linkOf(subject.id);
  const isHere = String(subject.id) === talk.dataset.room;
  if (isHere && (kind === "room_archived" || kind === "room_restored")) location.reload();
  else if (kind === "room_archived") link?.closest("li")?.remove();
  else if (kind === "room_renamed") {
    rename(link, data.name.to, isHere);
    const row = link?.closest("li");
    if (row) place(row, list);
  } else if (!link) place(newRow(subject.id, data.name), list);
}

/** Inserts a row in the order of room names, after the lobby. @param {Element} row @param {Element} list */
function place(row, list) {
  const focused = document.activeElement;
  const next = [...list.children].slice(1).find((other) => isBefore(placed(row), placed(other), "name"));
  list.insertBefore(row, next ?? null);
  if (row.contains(focused)) /** @type {HTMLElement} */ (focused).focus();
}

/** @param {Element} row */
const placed = (row) => ({ id: Number(part(row, "room").dataset.room), name: part(row, "name").textContent ?? "" });

/** @param {number} room */
const linkOf = (room) => document.querySelector(`.rooms [data-room="${room}"]`);

/** @param {Element | null} link @param {number} [unread] by default, the shown number plus one */
function showUnread(link, unread) {
  if (!link) return;
  const shown = part(link, "unread");
  unread ??= Number.parseInt(shown.textContent || "0", 10) + 1;
  shown.textContent = unread > SHOWN_MAX ? `${SHOWN_MAX}+` : String(unread);
  /** @type {HTMLElement} */ (link.querySelector(".badge")).hidden = !unread;
}

/** @param {Element | null} link @param {string} name @param {boolean} isHere */
function rename(link, name, isHere) {
  for (const place of [link?.querySelector("[data-name]"), isHere ? document.querySelector("[data-room-name]") : null])
    if (place) place.textContent = name;
}

/** @param {number} id @param {string} name */
function newRow(id, name) {
  const row = clone("room");
  const link = /** @type {HTMLAnchorElement} */ (row.querySelector("a"));
  link.dataset.room = String(id);
  link.setAttribute("href", `${link.getAttribute("href")}${id}`);
  part(row, "name").textContent = name;
  part(row, "unread").textContent = "0";
  return row;
}

/** @param {import("../feed/feed-types.js").Moved} frame */
function greet({ place, user }) {
  const shown = document.querySelector(`[data-place="${place}"] [data-joined]`);
  if (!shown || String(user.id) === document.documentElement.dataset.account) return;
  const text = t("js.chat.joined", user.name);
  shown.textContent = text;
  setTimeout(() => {
    if (shown.textContent === text) shown.textContent = "";
  }, JOINED_SHOWN_MS);
}
