import { post, seqOf, uniqueKey } from "../ajax.js";
import { as } from "../ajax/shapes.js";
import { entries } from "../feed/feed-shapes.js";
import { dispatchEarly } from "../feed/page-feed.js";
import { t } from "./texts.js";
import { toast } from "./toast.js";

/**
 * Shows a message after a request, with an undo button if the request has written an entry.
 * @param {string} message @param {string} items URL of the workspace's items in the API, or of one item
 * @param {import("./types.js").Json} answer the response to the request
 */
export function done(message, items, answer) {
  const seq = seqOf(answer);
  const address = `${items.replace(/\/items(\/\d+)?$/, "")}/entries/${seq}/undo`;
  toast(message, seq ? { text: t("js.undo"), act: () => undo(address) } : undefined);
}

/** @param {string} address URL that undoes an entry @param {boolean} [isRedo] whether that entry is itself an undo */
export async function undo(address, isRedo = false) {
  const made = as(entries, await post(address, undefined, { key: uniqueKey() }));
  dispatchEarly(made);
  const next = address.replace(/\d+\/undo$/, `${made[0].seq}/undo`);
  toast(
    t(isRedo ? "js.undo.redone" : "js.undo.undone"),
    { text: t(isRedo ? "js.undo" : "js.undo.redo"), act: () => undo(next, !isRedo) },
  );
}
