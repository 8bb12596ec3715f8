// Makes wwwroot/js/letters.js, for TextFolding.cs and text-folding.js, from AnyAscii and the Unicode of this Node.
//
// usage: npm install --no-save any-ascii@0.3.3 && node src/Pacil/Data/letters.mjs > src/Pacil/wwwroot/js/letters.js

import anyAscii from "any-ascii";

/** Blocks of Latin letters: from Latin-1 on to the last extension. */
const LATIN = [
  [0x80, 0x2af], [0x1d00, 0x1dbf], [0x1e00, 0x1eff], [0x2c60, 0x2c7f], [0xa720, 0xa7ff], [0xab30, 0xab6f],
  [0x10780, 0x107bf], [0x1df00, 0x1dfff],
];

/** What people and their devices write for one sign of the keyboard; "´" and "″" are not left by NFKD. */
const SIGNS = {
  "'": "‘’‚‛‹›ʹʻʼʽʾʿˈ′‵",
  "\"": "“”„‟«»ʺ〝〞〟",
  "-": "‐‒–—―−⸺⸻",
};

/** Blocks of scripts that put no blanks between words (UAX 14, classes SA, ID and AK), each with all that is in it. */
const UNSPACED = [
  "0E00-0EFF", // Thai, Lao
  "1000-109F", // Myanmar
  "1780-17FF", // Khmer
  "1950-19FF", // Tai Le, New Tai Lue, Khmer symbols
  "1A20-1AAF", // Tai Tham
  "1B00-1B7F", // Balinese
  "2E80-2FDF", // Radicals
  "3005-A4CF", // Kana, Bopomofo, Han, Yi
  "A980-A9FF", // Javanese, Myanmar
  "AA60-AADF", // Myanmar, Tai Viet
  "F900-FAFF", // Han
  "11000-1107F", // Brahmi
  "16FE0-18DFF", // Tangut, Khitan
  "1AFF0-1B2FF", // Kana, Nushu
  "20000-3FFFF", // Han
];

const codes = (from, to) => Array.from({ length: to - from + 1 }, (_, n) => String.fromCodePoint(from + n));

/** Small, and of one part, so that nothing else makes it another. @param {string} letter */
const isOwn = (letter) => letter.normalize("NFKD") === letter && letter.toLowerCase() === letter;

const rows = new Map(Object.entries(SIGNS));
for (const letter of LATIN.flatMap(([from, to]) => codes(from, to))) {
  const plain = anyAscii(letter).toLowerCase();
  if (/\p{L}/u.test(letter) && isOwn(letter) && /^[a-z]+$/.test(plain))
    rows.set(plain, (rows.get(plain) ?? "") + letter);
}
// Ten digits stand in a row, so their zeros tell them all.
let digits = 0;
const zeros = codes(0x80, 0x1ffff).filter((digit) => {
  digits = /\p{Nd}/u.test(digit) ? digits + 1 : 0;
  return digits % 10 === 1 && isOwn(digit);
});
for (let n = 0; n < zeros.length; n += 40) rows.set(`0${"\0".repeat(n / 40)}`, zeros.slice(n, n + 40).join(""));

const quoted = ([plain, letters]) => `  ${JSON.stringify(`${plain.replaceAll("\0", "")} ${letters}`)},`;
console.log(`// What no rule of Unicode folds, for text-folding.js and TextFolding.cs. Made by Data/letters.mjs with Unicode \
${process.versions.unicode}. Latin
// letters: AnyAscii 0.3.3, https://github.com/anyascii/anyascii, Copyright (c) 2020-2025 Hunter WB, ISC License.

/** What others become, and which; after 0 the zeros of other scripts, each followed by its nine digits. */
export const LETTERS = [
${[...rows].sort(([one], [other]) => (one < other ? -1 : 1)).map(quoted).join("\n")}
];

/** Letters of scripts that put no blanks between words. */
export const UNSPACED = [
${UNSPACED.map((range) => `  "${range}",`).join("\n")}
];`);
