// <div data-talk>: what is said appears as it is said, changes and goes as others change it; Enter sends. The newest is
// in view unless one reads further up. Without this module the forms work, and the page shows what it did when loaded.

import { post, remove } from "./ajax.js";
import { channel } from "./channel.js";
import { detail, hears } from "./dom.js";
import { clear } from "./forms.js";
import { change, edit, forget, idOf, show, stopEditing } from "./message.js";
import { recent } from "./page-feed.js";
import { number, t } from "./texts.js";
import { toastError } from "./toast.js";

const NEAR_PX = 80;
const READ_AFTER_MS = 300;
const others = channel("room-reads");

/** New messages further down than where one reads. */
let waiting = 0;
let reading = 0;

/** @param {ParentNode} root */
export function mountTalk(root) {
  const talk = /** @type {HTMLElement | null} */ (root.querySelector("[data-talk]"));
  if (!talk) return;
  waiting = 0;
  hears(talk, "feed:entry", (event) => take(detail(event), talk));
  hears(talk, "feed:reset", () => location.reload());
  hears(talk, "visibilitychange", () => read(talk));
  talk.addEventListener("click", (event) => click(event, talk));
  talk.addEventListener("keydown", press);
  scroller(talk).addEventListener("scroll", () => isNear(talk) && arrive(talk));
  const form = /** @type {HTMLFormElement | null} */ (talk.querySelector("form[data-say]"));
  form?.addEventListener("form:done", (event) => {
    show(detail(event), talk);
    clear(form);
    scroller(talk).scrollTop = 0;
    arrive(talk);
  });
  for (const entry of recent) take(entry, talk);
  if (Number(talk.dataset.unread) > 0) read(talk);
}

/** @param {import("./types.js").Entry} entry @param {HTMLElement} talk */
function take({ workspace, seq, kind, subject, data, actor, at, version }, talk) {
  if (workspace !== Number(talk.dataset.workspace) || seq <= Number(talk.dataset.head)) return;
  const row = document.getElementById(`message-${subject.id}`);
  if (kind === "message_redacted" && row) forget(row, version);
  else if (kind === "message_edited" && row && data.text) change(row, data.text.to, version, actor.name);
  else if (kind === "message_posted" && !row && isHere(data, talk)) {
    const wasNear = isNear(talk);
    const said = { id: subject.id, text: data.text, author: actor.name, created_by: actor.id ?? 0, created_at: at };
    show({ ...said, version }, talk);
    if (wasNear && !talk.dataset.past) arrive(talk);
    else showWaiting(waiting + 1, talk);
  }
}

/** What is said about an item first opens its room. @param {any} data @param {HTMLElement} talk */
function isHere({ room, item, redacted }, { dataset }) {
  if (redacted || (dataset.room ? room !== Number(dataset.room) : item !== Number(dataset.item))) return false;
  dataset.room = String(room);
  return true;
}

/** One sees the newest. @param {HTMLElement} talk */
function arrive(talk) {
  if (waiting > 0) showWaiting(0, talk);
  read(talk);
}

/** Says that one has read so far, soon and once. @param {HTMLElement} talk */
function read(talk) {
  if (document.hidden || !talk.checkVisibility() || talk.dataset.past || !isNear(talk)) return;
  clearTimeout(reading);
  reading = window.setTimeout(async () => {
    const through = idOf(talk.querySelector(".said > :last-child") ?? talk);
    if (!(through > Number(talk.dataset.through ?? 0))) return;
    talk.dataset.through = String(through);
    // What does not arrive now is said with the next message.
    await post(`${talk.dataset.api?.replace(/messages$/, "read")}`, { through }, { key: null })
      .then(({ unread }) => others?.postMessage({ room: talk.dataset.room, unread }))
      .catch(() => {});
    document.querySelector("[data-read]")?.remove();
  }, READ_AFTER_MS);
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
  else remove(`${talk.dataset.api}/${idOf(row)}`).then(({ version }) => forget(row, version), toastError);
  event.preventDefault();
}

/** Enter sends; with Shift it is a new line. Escape lets a message be as it was. @param {KeyboardEvent} event */
function press(event) {
  const { target, key } = event;
  if (!(target instanceof HTMLTextAreaElement)) return;
  if (key === "Enter" && !event.shiftKey) target.form?.requestSubmit();
  else if (key === "Escape" && target.closest("li")) stopEditing(/** @type {HTMLElement} */ (target.closest("li")));
  else return;
  event.preventDefault();
}

/** @param {number} count @param {HTMLElement} talk */
function showWaiting(count, talk) {
  waiting = count;
  const bar = /** @type {HTMLElement} */ (talk.querySelector("[data-newest]"));
  bar.hidden = count === 0 && !talk.dataset.past;
  if (count > 0) bar.textContent = t("js.feed.new", number(count));
}

/** It scrolls from its end: 0 is the newest, and above it is negative. @param {HTMLElement} talk */
const isNear = (talk) => scroller(talk).scrollTop > -NEAR_PX;

/** @param {HTMLElement} talk */
const scroller = (talk) => /** @type {HTMLElement} */ (talk.querySelector("[role=log]"));
