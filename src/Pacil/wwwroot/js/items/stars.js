// <button name="star" value="7 true"> stars item 7 for the user. <a data-stars="3,7"> holds the ids of the starred
// items and shows their number. Without this module the button submits a form.

import { put, remove, uniqueKey } from "../ajax.js";
import { listen } from "../core/events.js";
import { removeRow } from "../core/focus.js";
import { addNewRow, removeNewRow } from "./new-rows-bar.js";
import { ofPage } from "../core/page-state.js";
import { number } from "../core/texts.js";
import { toastError } from "../core/toast.js";

const page = ofPage(() => ({
  /** Running requests, by item id. @type {Map<string, Promise<void>>} */
  sending: new Map(),
  /** Idempotency-Keys of this page's requests, to recognize their entries. @type {Set<string | undefined>} */
  mine: new Set(),
}));

export function mountStars() {
  document.addEventListener("click", (event) => {
    const button = /** @type {Element} */ (event.target).closest("button");
    if (button?.name !== "star") return;
    event.preventDefault();
    press(button.value.split(" ")[0], button.ariaPressed !== "true");
  });
  listen("feed:entry", hear);
}

/** An item that the server has not created yet has no star. @param {ParentNode} root @param {number | string} id */
export function showStar(root, id) {
  const button = /** @type {HTMLButtonElement} */ (root.querySelector("button[name=star]"));
  button.hidden = String(id).startsWith("~");
  paint(button, String(id), isStarred(id));
}

/**
 * Requests for the same item run one after the other. Therefore the last click decides.
 * @param {string} id @param {boolean} isOn
 */
function press(id, isOn) {
  show(id, isOn);
  const { sending } = page();
  const sent = (sending.get(id) ?? Promise.resolve()).then(() => send(id, isOn)).then(() => {
    if (sending.get(id) === sent) sending.delete(id);
  });
  sending.set(id, sent);
}

/** @param {string} id @param {boolean} isOn */
async function send(id, isOn) {
  const address = `/api/w/${document.documentElement.dataset.workspace}/items/${id}/star`;
  const key = uniqueKey();
  page().mine.add(key);
  try {
    await (isOn ? put(address, undefined, { key }) : remove(address, { key }));
    settle(id, isOn);
  } catch (error) {
    show(id, !isOn);
    toastError(error);
  }
}

/** @param {import("../feed/feed-types.js").Entry} entry */
function hear(entry) {
  const { kind, subject, data, key } = entry;
  if (kind !== "item_starred" && kind !== "item_unstarred") return;
  if (String(data.workspace) !== document.documentElement.dataset.workspace) return;
  const [id, isOn] = [String(subject.id), kind === "item_starred"];
  if (page().mine.delete(key)) return;
  // A request of this page takes precedence, so the entry waits until that request has ended.
  const sent = page().sending.get(id);
  if (sent) return void sent.then(() => hear(entry));
  show(id, isOn);
  settle(id, isOn);
}

/** @param {string} id @param {boolean} isOn */
function show(id, isOn) {
  for (const button of /** @type {NodeListOf<HTMLButtonElement>} */ (document.querySelectorAll("button[name=star]")))
    if (button.value.split(" ")[0] === id) paint(button, id, isOn);
  const place = chip();
  if (!place) return;
  const ids = starred();
  if (isOn) ids.add(id);
  else ids.delete(id);
  place.dataset.stars = [...ids].join();
  const count = /** @type {HTMLElement} */ (place.querySelector("[data-count]"));
  count.textContent = ids.size > 0 ? ` · ${number(ids.size)}` : "";
}

/** @param {string} id @param {boolean} isOn */
function settle(id, isOn) {
  // The list changes only if its filter for starred items is active.
  if (!chip()?.matches("[aria-current]")) return;
  const row = document.getElementById(`item-${id}`);
  if (!isOn && row) removeRow(row);
  else if (isOn && !row) addNewRow(id);
  else removeNewRow(id);
}

/** @param {HTMLButtonElement} button @param {string} id @param {boolean} isOn */
function paint(button, id, isOn) {
  button.value = `${id} ${!isOn}`;
  button.ariaPressed = String(isOn);
}

const chip = () => /** @type {HTMLElement | null} */ (document.querySelector("[data-stars]"));

/** @param {number | string} id */
export const isStarred = (id) => starred().has(String(id));

const starred = () => new Set(chip()?.dataset.stars?.split(",").filter(Boolean));
