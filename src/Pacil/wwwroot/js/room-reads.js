// Tells the account's other tabs of this browser how much of a room is unread once one of them has read in it: how far
// one reads is in no feed. Without BroadcastChannel the other tabs show it when they are loaded again.

/** @type {BroadcastChannel | null} */
const channel =
  "BroadcastChannel" in globalThis
    ? new BroadcastChannel(`pacil-room-reads-${document.documentElement.dataset.account}`)
    : null;

/** @param {number} room @param {number} unread */
export const tellRead = (room, unread) => channel?.postMessage({ room, unread });

/** @param {(room: number, unread: number) => void} take */
export function hearReads(take) {
  channel?.addEventListener("message", ({ data }) => take(data.room, data.unread));
}
