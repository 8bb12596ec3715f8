// Text as the server compares, sorts and searches it (Fold.cs): lower case, without accents, compatible forms made one.

/** Each by itself: what a letter becomes does not depend on where it stands. @param {string} text */
const plain = (text) =>
  [...text.normalize("NFKD").replace(/[\p{Mn}\p{Me}\p{Cf}]/gu, "")].map((letter) => letter.toLowerCase()).join("");

/** What texts are sorted by: words one space apart. @param {string} text */
export const keyOf = (text) =>
  plain(text).replace(/[\p{Z}\p{Cc}\p{Co}]+/gu, " ").trim();

/** What is looked through: each run of letters, of digits and of signs is led by two spaces. @param {string} text */
export const searchable = (text) =>
  (plain(text).match(/[\p{L}\p{Mc}]+|\p{N}+|[^\p{L}\p{Mc}\p{N}\p{Z}\p{Cc}\p{Co}]+/gu) ?? [])
    .map((run) => `  ${run}`).join("");

/** What must be in it, for what one asks. @param {string} search */
export const termsOf = (search) =>
  search.split(" ").filter(Boolean).map((word) => searchable(word).trimStart().padStart(3));
