// Text as the server compares, sorts and searches it (Fold.cs): lower case, without accents, compatible forms made one,
// and letters.js for what is folded by no rule.

import { LETTERS, UNSPACED } from "./letters.js";

/** A letter that folded text has none of. */
const JOINT = "ª";
const TERM_LENGTH_MIN = 3;
const WORDS_MAX = 10;
const KEY_LENGTH_MAX = 200;

/** @type {Map<string, string>} */
const folded = new Map(LETTERS.map((row) => row.split(" ")).flatMap(([plain, letters]) => plain === "0"
  ? [...letters].flatMap((zero) => [..."0123456789"].map((digit) => [digitOf(zero, digit), digit]))
  : [...letters].map((letter) => [letter, plain])));

const ranges = UNSPACED.map((range) => range.replace(/\w+/g, "\\u{$&}")).join("");
/** Each kind by what it is made of; what is of none of them is a sign. @type {[string, RegExp][]} */
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

/** Each by itself: what a letter becomes does not depend on where it stands. @param {string} text */
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

/** What texts are sorted by: words one space apart, and each number led by how long it is. @param {string} text */
export const keyOf = (text) =>
  plain(text).replace(/[\p{Z}\p{Cc}\p{Co}]+/gu, " ").trim().replace(/\d+/g, numbered)
    .slice(0, KEY_LENGTH_MAX).replace(/[\ud800-\udbff]$/, "");

/** By code points, as databases do. @param {string} one @param {string} other a key as well */
export function isLess(one, other) {
  const [mine, theirs] = [one, other].map((key) => [...key]);
  const at = mine.findIndex((letter, n) => letter !== theirs[n]);
  if (at < 0) return mine.length < theirs.length;
  return at < theirs.length && Number(mine[at].codePointAt(0)) < Number(theirs[at].codePointAt(0));
}

/**
 * What is looked through: each run of letters, of digits and of signs is led by two spaces; letters of scripts without
 * blanks, pictures, and syllables of Hangul are joined.
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

/** What must be in it, for what one asks. @param {string} search */
export const termsOf = (search) => search.split(" ").filter(Boolean).slice(0, WORDS_MAX).map((word) => {
  const term = searchText(word).trimStart();
  return " ".repeat(Math.max(0, TERM_LENGTH_MIN - [...term].length)) + term;
});
