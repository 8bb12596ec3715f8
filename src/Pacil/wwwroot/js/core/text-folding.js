// Folds text as the server does to compare, sort and search it (Data/Folding/TextFolding.cs): lower case, no accents,
// compatible forms made equal, and the table of letters.js.

import { LETTERS, UNSPACED } from "./letters.js";

/** The joint in searchText; folded text never contains it. */
const JOINT = "ª";
const TERM_LENGTH_MIN = 3;
const WORDS_MAX = 10;
const KEY_LENGTH_MAX = 200;

/** @type {Map<string, string>} */
const folded = new Map(LETTERS.map((row) => row.split(" ")).flatMap(([plain, letters]) => plain === "0"
  ? [...letters].flatMap((zero) => [..."0123456789"].map((digit) => [digitOf(zero, digit), digit]))
  : [...letters].map((letter) => [letter, plain])));

const ranges = UNSPACED.map((range) => range.replace(/\w+/g, "\\u{$&}")).join("");
/** The characters of each kind; all others are signs. @type {[string, RegExp][]} */
const KINDS = [
  ["space", /[\p{Z}\p{Cc}\p{Co}]/u],
  ["digit", /\p{N}/u],
  ["hangul", /[\u1100-\u11ff\ua960-\ua97f\ud7b0-\ud7ff]/],
  ["unspaced", new RegExp(`(?=[\\p{L}\\p{Mc}])[${ranges}]|\\p{So}`, "u")],
  ["letter", /[\p{L}\p{Mc}]/u],
];
const SYLLABLE = /[\u1100-\u115f\ua960-\ua97f]/;

/** @param {string} zero @param {string} digit */
function digitOf(zero, digit) {
  return String.fromCodePoint(Number(zero.codePointAt(0)) + Number(digit));
}

/** Letter by letter, because toLowerCase() of a whole text depends on context (final sigma). @param {string} text */
const plain = (text) =>
  [...text.replace(/´/g, "'").replace(/″/g, '"').normalize("NFKD").replace(/[\p{Mn}\p{Me}\p{Cf}]/gu, "")]
    .map((letter) => letter.toLowerCase()).map((letter) => folded.get(letter) ?? letter).join("");

/** @param {string} letter */
const kindOf = (letter) => KINDS.find(([, made]) => made.test(letter))?.[0] ?? "sign";

/** @param {string} digits */
const numbered = (digits) => {
  const number = digits.replace(/^0+(?=\d)/, "");
  const more = number.length - 1;
  return `${"9".repeat(Math.floor(more / 9))}${more % 9}${number}`;
};

/** The sort key: words with one space between them, each number after its length. @param {string} text */
export const keyOf = (text) =>
  plain(text).replace(/[\p{Z}\p{Cc}\p{Co}]+/gu, " ").trim().replace(/\d+/g, numbered)
    .slice(0, KEY_LENGTH_MAX).replace(/[\ud800-\udbff]$/, "");

/** Compares keys by code points, as the databases do. @param {string} one @param {string} other */
export function isLess(one, other) {
  const [mine, theirs] = [one, other].map((key) => [...key]);
  const at = mine.findIndex((letter, n) => letter !== theirs[n]);
  if (at < 0) return mine.length < theirs.length;
  return at < theirs.length && Number(mine[at].codePointAt(0)) < Number(theirs[at].codePointAt(0));
}

/**
 * The text that a search reads. Two spaces precede each run of letters, of digits and of signs; joints separate letters
 * of scripts without spaces, pictures and Hangul syllables, so that each can be found.
 * @param {string} text
 */
export function searchText(text) {
  let [all, before] = ["", "space"];
  for (const letter of plain(text)) {
    const kind = kindOf(letter);
    if (kind !== "space") {
      if (kind !== before) all += "  ";
      if (kind === "unspaced" ? kind !== before : kind === "hangul" && SYLLABLE.test(letter)) all += JOINT;
      all += kind === "unspaced" ? letter + JOINT : letter;
    }
    before = kind;
  }
  return all;
}

/** The terms that searchText of a match contains. @param {string} search */
export const termsOf = (search) => search.split(" ").filter(Boolean).slice(0, WORDS_MAX).map((word) => {
  const term = searchText(word).trimStart();
  return " ".repeat(Math.max(0, TERM_LENGTH_MIN - [...term].length)) + term;
});
