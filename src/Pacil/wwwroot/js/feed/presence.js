// Shows who is present. data-here is a presence location ("room:3", "item:9", or "" for the workspace): the page
// reports that the user is there, and the element shows the other users there. <textarea data-typing="room:3"> reports
// typing, and <p data-typing-shown="room:3"> shows who types. Without this module the page shows no other users.

import { withJoined, withoutLeft } from "./presence-state.js";
import { listen } from "../core/events.js";
import { reportLocations, sendCommand } from "./page-feed.js";
import { ofPage } from "../core/page-state.js";
import { isolated, number, t } from "../core/texts.js";

const NAMES_MAX = 4;
const TYPING_EVERY_MS = 2_000;
const TYPING_SHOWN_MS = 4_000;

const page = ofPage(() => ({
  /** @type {import("./presence-state.js").WorkspacePresence | null} */
  crowd: null,
  /** When the page last reported that the user is typing. */
  toldAt: -TYPING_EVERY_MS,
  /**
   * For each presence location, the names of users who are typing, each with the time until which the name is shown.
   * @type {Map<string, Map<string, number>>}
   */
  typing: new Map(),
}));
const list = ofPage(() => new Intl.ListFormat(document.documentElement.lang));

export function mountPresence() {
  listen("feed:here", update);
  listen("feed:user_joined", (moved) => update(withJoined(page().crowd, moved)));
  listen("feed:user_left", (moved) => update(withoutLeft(page().crowd, moved)));
  listen("feed:typing", takeTyping);
  listen("feed:entry", ({ kind, actor }) => {
    if (kind === "message_posted") for (const place of page().typing.keys()) forget(place, actor.name);
  });
  document.addEventListener("input", (event) => reportTyping(/** @type {HTMLInputElement} */ (event.target)));
  new MutationObserver(move).observe(document.body, { subtree: true, attributeFilter: ["data-here"] });
  move();
}

/** @returns {HTMLElement[]} */
const places = () => [...document.querySelectorAll("[data-here]")].map((place) => /** @type {HTMLElement} */ (place));

function move() {
  reportLocations([...new Set(places().map((place) => place.dataset.here ?? ""))].filter((place) => place !== ""));
  show();
}

/** @param {import("./presence-state.js").WorkspacePresence | null} now */
function update(now) {
  page().crowd = now;
  show();
}

function show() {
  const { crowd } = page();
  for (const place of places()) {
    const group = place.dataset.here ? crowd?.places[place.dataset.here] : crowd;
    const me = Number(document.documentElement.dataset.account);
    const others = (group?.users ?? []).filter(({ id }) => id !== me).map(({ name }) => name);
    if (place.matches("[data-editing]")) {
      write(place, others.length > 0 ? sentence("editing", others) : "");
      continue;
    }
    place.hidden = others.length === 0;
    write(place.querySelector("[data-names]"), others.length > 0 ? named(others) : "");
    write(place.querySelector("[data-count]"), t("js.presence.here", number(group?.user_count ?? 0)));
  }
}

/** @param {string[]} names */
const named = (names) =>
  names.length > NAMES_MAX
    ? t("js.presence.more", names.slice(0, NAMES_MAX).map(isolated).join(", "), number(names.length - NAMES_MAX))
    : list().format(names.map(isolated));

/** @param {"editing" | "typing"} what @param {string[]} names */
const sentence = (what, names) => t(`js.presence.${what}_${names.length > 1 ? "many" : "one"}`, named(names));

/**
 * Assigns only a different text, because screen readers announce every assignment.
 * @param {Element | null} place @param {string} text
 */
function write(place, text) {
  if (place && place.textContent !== text) place.textContent = text;
}

/** @param {HTMLInputElement} field */
function reportTyping(field) {
  const place = field.dataset.typing;
  if (!place || field.value.trim() === "" || performance.now() - page().toldAt < TYPING_EVERY_MS) return;
  page().toldAt = performance.now();
  const [kind, id] = place.split(":");
  sendCommand({ do: "typing", [kind]: id });
}

/** @param {import("./feed-types.js").Typing} frame */
function takeTyping({ place, username }) {
  const until = performance.now() + TYPING_SHOWN_MS;
  const { typing } = page();
  const names = typing.get(place) ?? new Map();
  typing.set(place, names.set(username, until));
  showTyping(place);
  setTimeout(() => names.get(username) === until && forget(place, username), TYPING_SHOWN_MS);
}

/** @param {string} place @param {string} name */
function forget(place, name) {
  if (page().typing.get(place)?.delete(name)) showTyping(place);
}

/** @param {string} place */
function showTyping(place) {
  const names = [...(page().typing.get(place)?.keys() ?? [])];
  const text = names.length > 0 ? sentence("typing", names) : "";
  for (const shown of document.querySelectorAll(`[data-typing-shown="${CSS.escape(place)}"]`)) write(shown, text);
}
