// The transports of /api/feed behind one interface: WebSocket, server-sent events and long polling.

import { get } from "../ajax.js";
import { as } from "../ajax/shapes.js";
import { poll } from "./feed-shapes.js";

/**
 * @typedef {import("./feed-types.js").Frame} Frame
 * @typedef {import("./feed-types.js").Command} Command
 * @typedef {{ close: () => void, say?: (command: Command) => void }} Connection
 * @typedef {(query: string, onFrame: (frame: Frame) => void, onEnd: () => void) => Connection} Transport
 */

/** @param {string} cursor */
export const after = (cursor) => `after=${encodeURIComponent(cursor)}`;

const ADDRESS = "/api/feed";
const NAMED = /** @type {const} */ (
  ["hello", "heartbeat", "reset", "gone", "close", "here", "user_joined", "user_left", "typing"]);

// Frames are not checked when they arrive. feed-types.test.js compares the type Frame with what the server sends.

/** @type {Transport} */
function socket(query, onFrame, onEnd) {
  const connection = new WebSocket(`${location.origin.replace(/^http/, "ws")}${ADDRESS}?${query}`);
  connection.onmessage = ({ data }) => onFrame(JSON.parse(data));
  connection.onclose = onEnd;
  return {
    close() {
      connection.onclose = connection.onmessage = null;
      connection.close();
    },
    say: (command) => connection.readyState === WebSocket.OPEN && connection.send(JSON.stringify(command)),
  };
}

/** @type {Transport} */
function events(query, onFrame, onEnd) {
  const source = new EventSource(`${ADDRESS}?${query}`);
  /** @param {(typeof NAMED)[number] | "entry"} event @returns {(message: MessageEvent) => void} */
  const pass = (event) => ({ data, lastEventId }) => onFrame({ event, id: lastEventId, data: JSON.parse(data) });
  source.onmessage = pass("entry");
  for (const name of NAMED) source.addEventListener(name, pass(name));
  // The source is closed, because EventSource would reconnect without back-off. Feed (feed.js) reconnects instead.
  source.onerror = () => {
    source.close();
    onEnd();
  };
  return { close: () => source.close() };
}

/** @type {Transport} */
function polls(query, onFrame, onEnd) {
  const ending = new AbortController();
  const { signal } = ending;
  const here = query.split("&").find((part) => part.startsWith("here=")) ?? "";
  (async () => {
    // The first poll has wait=0. Its immediate response shows that the server is reachable.
    for (let [at, wait] = [query, 0]; ; wait = 15) {
      const answer = as(poll, await get(`${ADDRESS}?${at}&wait=${wait}`, { signal, isQuiet: true }));
      if (wait === 0) onFrame({ event: "hello", data: {} });
      for (const here of answer.here ?? []) onFrame({ event: "here", data: here });
      if (answer.reset) onFrame({ event: "reset", data: answer.reset });
      for (const entry of answer.entries) onFrame({ event: "entry", data: entry });
      onFrame({ event: "heartbeat", id: answer.cursor, data: {} });
      if (answer.gone) onFrame({ event: "gone", data: { workspace: answer.gone[0] } });
      at = `after=${answer.cursor}&${here}`;
    }
  })().catch(() => signal.aborted || onEnd());
  return { close: () => ending.abort() };
}

/** In order of preference. */
export const transports = [socket, events, polls];
