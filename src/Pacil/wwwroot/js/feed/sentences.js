// Describes a feed entry in a sentence, as EntryDescription.cs does for the entries of a server-rendered page.

import { isolated, number, t } from "../core/texts.js";

/** Placeholder for the subject, such as an item, in a translated sentence. The page shows the subject as a link. */
const LINK = "\u0001";
const QUOTE_LENGTH_MAX = 60;
/** The name that every erased account has in entries; Account.Former on the server. */
const FORMER = "former member";

/** @typedef {import("./feed-types.js").Entry} Entry */

/**
 * @param {Entry} entry @param {string | undefined} nameKnown
 * @returns {{ before: string, subject: string, after: string, detail: string } | null} null if the subject's name is
 * unknown
 */
export function sentence(entry, nameKnown) {
  const { actor, data } = entry;
  const who = actor.name === FORMER ? t("js.feed.former") : actor.name || t("js.feed.someone");
  const said = t(`js.activity.${verb(entry)}`, who, LINK, value(entry));
  const [before, after] = said.split(LINK);
  const name = "name" in data ? data.name : undefined;
  const subject = typeof name === "string" ? name : (name?.to ?? nameKnown);
  const detail = details(entry).map((text) => ` · ${text}`).join("");
  if (after === undefined) return { before, subject: "", after: "", detail };
  return subject === undefined ? null : { before, subject, after, detail };
}

/** @param {Entry} entry */
function verb({ kind, data, actor, subject }) {
  if ("redacted" in data) return "redacted";
  if (kind === "item_changed" && data.name) return "item_renamed";
  if (kind === "stock_moved") return verbOf(data.movement);
  if (kind === "member_removed" && subject.id === actor.id) return "member_left";
  return t(`js.activity.${kind}`) === `js.activity.${kind}` ? "other" : kind;
}

/** @param {import("../core/types.js").Movement} movement */
function verbOf({ reason, delta }) {
  if (reason === "counted" || reason === "corrected") return `stock_${reason}`;
  return delta > 0 ? "stock_received" : reason === "lost" ? "stock_lost" : "stock_taken";
}

/** The value for the placeholder {2} in a translated sentence: an amount or a quotation. @param {Entry} entry */
function value({ kind, data }) {
  if (kind === "stock_moved") {
    const { delta } = data.movement;
    const which = verbOf(data.movement);
    if (which === "stock_counted") return number(data.amount);
    const sign = which !== "stock_corrected" || delta === 0 ? "" : delta > 0 ? "+" : "−";
    return sign + number(Math.abs(delta));
  }
  if (kind === "stock_low" || kind === "stock_recovered") return number(data.amount);
  if ("name" in data && data.name instanceof Object) return quote(data.name.from);
  if ("text" in data) return quote(typeof data.text === "string" ? data.text : data.text.to);
  return quote(kind);
}

/** @param {Entry} entry */
function details({ kind, data, undoes }) {
  const lines = kind === "item_changed" ? changes(data) : [];
  if (kind === "stock_moved") {
    if (verbOf(data.movement) !== "stock_counted") lines.push(t("js.activity.in_stock", number(data.amount)));
    if (data.movement.note) lines.push(isolated(quote(data.movement.note)));
  }
  if (undoes) lines.push(t("js.activity.undoes"));
  return lines;
}

/**
 * Describes every changed field except the name, which is part of the sentence.
 * @param {import("./feed-types.js").ItemChanges} data
 */
const changes = ({ name, ...others }) =>
  Object.entries(others)
    .map(([field, { from, to }]) => t("js.activity.change", t(`field.${field}`), shown(from), shown(to)));

/** @param {string | number | null} value */
const shown = (value) => quote(String(value ?? "")) || t("js.feed.empty");

/** The beginning of a text, on one line. Does not end with half of a surrogate pair. @param {string} text */
function quote(text) {
  const line = text.replace(/\r\n|[\r\n\f\u0085\u2028\u2029]/g, " ");
  return line.length > QUOTE_LENGTH_MAX
    ? `${line.slice(0, QUOTE_LENGTH_MAX).replace(/[\uD800-\uDBFF]$/, "")}…`
    : line;
}
