// Takes back what has been done, and does it again. Without scripts the buttons of the pages are forms that do so.

import { post, seqOf, uniqueKey } from "./ajax.js";
import { dispatchEarly } from "./page-feed.js";
import { t } from "./texts.js";
import { toast } from "./toast.js";

/**
 * Says what has been done, and offers to take it back.
 * @param {string} message
 * @param {string} items an address among the items of the workspace, in the API
 * @param {object} answer what the server said; where nothing has changed, there is nothing to take back
 */
export function done(message, items, answer) {
  const seq = seqOf(answer);
  const address = `${items.replace(/\/items(\/\d+)?$/, "")}/entries/${seq}/undo`;
  toast(message, seq ? { text: t("js.undo"), act: () => undo(address) } : undefined);
}

/**
 * @param {string} address of the entry to take back, in the API
 * @param {boolean} [isRedo] what is taken back is itself an undo
 */
export async function undo(address, isRedo = false) {
  /** @type {import("./types.js").Entry[]} */
  const entries = await post(address, undefined, { key: uniqueKey() });
  dispatchEarly(entries);
  const next = address.replace(/\d+\/undo$/, `${entries[0].seq}/undo`);
  toast(
    t(isRedo ? "js.undo.redone" : "js.undo.undone"),
    { text: t(isRedo ? "js.undo" : "js.undo.redo"), act: () => undo(next, !isRedo) },
  );
}
