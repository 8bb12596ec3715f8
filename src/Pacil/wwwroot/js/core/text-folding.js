// Folds text for comparison, sorting and search, exactly as Data/Folding/TextFolding.cs does on the server: lower case,
// no accents, Unicode compatibility forms replaced (NFKD), and the replacements of letters.js.

import { LETTERS, UNSPACED } from "./letters.js";

/** A separator that searchText adds. Folded text never contains this character. */
const JOINT = "ª";
const TERM_LENGTH_MIN = 3;
const WORDS_MAX = 10;
const KEY_LENGTH_MAX = 200;

/** @type {Map<string, string>} */
const folded = new Map(LETTERS.map((row) => row.split(" ")).flatMap(([plain, letters]) => plain === "0"
  ? [...letters].flatMap((zero) => [..."0123456789"].map((digit) => [digitOf(zero, digit), digit]))
  : [...letters].map((letter) => [letter, plain])));

const ranges = UNSPACED.map((range) => range.replace(/\w+/g, "\\u{$&}")).join("");
/** Kinds of characters. The first matching pattern decides; else the kind is "sign". @type {[string, RegExp][]} */
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

/** Lowercases each letter alone, because toLowerCase() depends on context (Greek final sigma). @param {string} text */
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

/**
 * The sort key. Each number gets a prefix, its number of digits minus one, to sort M2 ("m02") before M10 ("m110").
 * @param {string} text
 */
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
 * The text in which a search looks for its terms. Two spaces precede each run of letters, digits or signs. JOINT
 * separates emoji, Hangul syllables and letters of languages without spaces, so that a search can find each one alone.
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

/**
 * The terms of a search. A text matches if searchText(text) contains every term. No text contains the term of a word
 * with a control character.
 * @param {string} search
 */
export const termsOf = (search) => search.split(" ").filter(Boolean).slice(0, WORDS_MAX).map((word) => {
  const term = /\p{Cc}/u.test(word) ? "" : searchText(word).trimStart();
  return " ".repeat(Math.max(0, TERM_LENGTH_MIN - [...term].length)) + term;
});
