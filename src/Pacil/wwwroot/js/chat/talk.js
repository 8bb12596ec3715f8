// A chat room. Messages appear, change and disappear without a reload. The newest message stays in view unless the
// user has scrolled up. Without this module the forms work, and the page stays as it was loaded.

import { post, remove } from "../ajax.js";
import { channel } from "../core/channel.js";
import { as, message, numeric, object } from "../ajax/shapes.js";
import { hears, listen } from "../core/events.js";
import { clear } from "../forms/forms.js";
import { change, edit, forget, idOf, show, stopEditing } from "./message.js";
import { recent } from "../feed/page-feed.js";
import { ofPage } from "../core/page-state.js";
import { number, t } from "../core/texts.js";
import { toastError } from "../core/toast.js";

const NEAR_PX = 80;
const READ_AFTER_MS = 300;
const reported = object({ unread: numeric });
const others = ofPage(() => channel("room-reads"));

/** @param {ParentNode} root */
export function mountTalk(root) {
  const talk = /** @type {HTMLElement | null} */ (root.querySelector("[data-talk]"));
  if (!talk) return;
  hears(talk, "feed:entry", (entry) => take(entry, talk));
  hears(talk, "feed:reset", () => location.reload());
  hears(talk, "visibilitychange", () => read(talk));
  talk.addEventListener("click", (event) => click(event, talk));
  talk.addEventListener("keydown", press);
  scroller(talk).addEventListener("scroll", () => isNear(talk) && arrive(talk));
  const form = /** @type {HTMLFormElement | null} */ (talk.querySelector("form[data-say]"));
  if (form)
    listen("form:done", (answer) => {
      show(as(message, answer), talk);
      clear(form);
      scroller(talk).scrollTop = 0;
      arrive(talk);
    }, form);
  for (const entry of recent()) take(entry, talk);
  if (Number(talk.dataset.unread) > 0) read(talk);
}

/** @param {import("../feed/feed-types.js").Entry} entry @param {HTMLElement} talk */
function take({ workspace, seq, kind, subject, data, actor, at, version }, talk) {
  if (workspace !== Number(talk.dataset.workspace) || seq <= Number(talk.dataset.head)) return;
  const row = document.getElementById(`message-${subject.id}`);
  if (kind === "message_redacted" && row) forget(row, version);
  else if (kind === "message_edited" && row && "text" in data) change(row, data.text.to, version, actor.name);
  else if (kind === "message_posted" && !row && "text" in data && isHere(data, talk)) {
    const wasNear = isNear(talk);
    const said = { id: subject.id, text: data.text, author: actor.name, created_by: actor.id ?? 0, created_at: at };
    show({ ...said, version }, talk);
    if (wasNear && !talk.dataset.past) arrive(talk);
    else showWaiting(waiting(talk) + 1, talk);
  }
}

/**
 * Whether a message belongs to the shown room. An item has no room before its first message, so the page gets the
 * room's id from that message.
 * @param {import("../feed/feed-types.js").Posted} data @param {HTMLElement} talk
 */
function isHere({ room, item }, { dataset }) {
  if (dataset.room ? room !== Number(dataset.room) : item !== Number(dataset.item)) return false;
  dataset.room = String(room);
  return true;
}

/** Called when the newest message is in view. @param {HTMLElement} talk */
function arrive(talk) {
  if (waiting(talk) > 0) showWaiting(0, talk);
  read(talk);
}

/** Reports the newest message as read, one time and after a short pause. @param {HTMLElement} talk */
function read(talk) {
  if (document.hidden || !talk.checkVisibility() || talk.dataset.past || !isNear(talk)) return;
  clearTimeout(Number(talk.dataset.timer));
  const timer = setTimeout(async () => {
    const through = idOf(talk.querySelector(".said > :last-child") ?? talk);
    if (!(through > Number(talk.dataset.through ?? 0))) return;
    talk.dataset.through = String(through);
    // A failed report is not repeated, because the report of the next message covers all earlier messages.
    await post(`${talk.dataset.api?.replace(/messages$/, "read")}`, { through }, { key: null })
      .then((answer) => others()?.postMessage({ room: talk.dataset.room, unread: as(reported, answer).unread }))
      .catch(() => {});
    document.querySelector("[data-read]")?.remove();
  }, READ_AFTER_MS);
  talk.dataset.timer = String(timer);
}

/** @param {MouseEvent} event @param {HTMLElement} talk */
function click(event, talk) {
  const target = /** @type {Element} */ (event.target).closest(
    "[data-edit], [data-delete], [data-cancel], [data-newest]",
  );
  const row = /** @type {HTMLElement | null} */ (target?.closest("li"));
  if (target?.matches("[data-newest]") && !talk.dataset.past) scroller(talk).scrollTop = 0;
  else if (!row || !target) return;
  else if (target.matches("[data-edit]")) edit(row, `${talk.dataset.api}/${idOf(row)}`);
  else if (target.matches("[data-cancel]")) stopEditing(row);
  else remove(`${talk.dataset.api}/${idOf(row)}`)
    .then((answer) => forget(row, as(message, answer).version)).catch(toastError);
  event.preventDefault();
}

/** @param {KeyboardEvent} event */
function press(event) {
  const { target, key } = event;
  if (!(target instanceof HTMLTextAreaElement)) return;
  if (key === "Enter" && !event.shiftKey) target.form?.requestSubmit();
  else if (key === "Escape" && target.closest("li")) stopEditing(/** @type {HTMLElement} */ (target.closest("li")));
  else return;
  event.preventDefault();
}

/** Number of new messages below the visible part. @param {HTMLElement} talk */
const waiting = (talk) => Number(talk.dataset.waiting ?? 0);

/** @param {number} count @param {HTMLElement} talk */
function showWaiting(count, talk) {
  talk.dataset.waiting = String(count);
  const bar = /** @type {HTMLElement} */ (talk.querySelector("[data-newest]"));
  bar.hidden = count === 0 && !talk.dataset.past;
  if (count > 0) bar.textContent = t("js.feed.new", number(count));
}

/** The list is reversed: scrollTop is 0 at the newest message and negative above it. @param {HTMLElement} talk */
const isNear = (talk) => scroller(talk).scrollTop > -NEAR_PX;

/** @param {HTMLElement} talk */
const scroller = (talk) => /** @type {HTMLElement} */ (talk.querySelector("[role=log]"));
