// What somebody says, as nodes: text, addresses that can be followed, and the reader's own name. Never markup.
// Chat/SaidText.cs divides what the page comes with the same way.

const SPECIAL = /https?:\/\/[^\s<>"]+|@[\p{L}\p{M}\p{N}@.+\-_]+/gu;

// An address that reads as another than it is: with a name before its host, or with what cannot be seen (DI is
// Default_Ignorable_Code_Point).
const DECEPTIVE = /^https?:\/\/[^/?#\\]*@|\p{DI}/u;

/** @param {string} text @returns {Node[]} */
export function nodes(text) {
  const found = [];
  let done = 0;
  for (const { 0: special, index } of text.matchAll(SPECIAL)) {
    const node = special.startsWith("@") ? call(special) : link(special);
    if (!node) continue;
    found.push(document.createTextNode(text.slice(done, index)), node);
    done = index + (node.textContent ?? "").length;
  }
  return [...found, document.createTextNode(text.slice(done))];
}

/** What ends the sentence does not belong to it. @param {string} found */
function link(found) {
  const address = found.replace(/[.,;:!?')\]}]+$/, "");
  if (DECEPTIVE.test(address) || !URL.canParse(address)) return null;
  const a = document.createElement("a");
  [a.href, a.target, a.rel, a.textContent] = [address, "_blank", "noopener noreferrer nofollow", address];
  return a;
}

/** @param {string} found */
function call(found) {
  const me = (document.documentElement.dataset.me ?? "").toLowerCase();
  let name = found.slice(1);
  if (name.toLowerCase() !== me) name = name.replace(/[.\-+_@]+$/, "");
  if (name.toLowerCase() !== me) return null;
  const mark = document.createElement("mark");
  mark.textContent = `@${name}`;
  return mark;
}
