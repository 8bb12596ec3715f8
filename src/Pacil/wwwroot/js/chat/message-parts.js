// Splits a message into nodes: text, links, and mentions of the reader. Never markup. Chat/MessageFormatter.cs does the
// same for the messages that the page is loaded with.

// Chinese and Japanese punctuation and quotation marks end a URL that no space ends.
const ADDRESS = 'https?://[^\\s"<>“”«»\u3001-\u3003\u3008-\u301F\uFF01-\uFF65]+';

// A URL that looks like another: with a user name before its host, or with invisible characters (DI is
// Default_Ignorable_Code_Point).
const DECEPTIVE = /^https?:\/\/[^/?#\\]*@|\p{DI}/iu;
const ENDING = /[.,;:!?'…،؛؟।({[\p{Pi}\p{Pf}]+$/u;

const NAME = "[\\p{L}\\p{M}\\p{Nd}@.+\\-_]";
// Thai and Lao, Myanmar, Khmer, Chinese and Japanese, Korean: a word may follow a name without a space.
const FREE =
  "[\u0E00-\u0EFF\u1000-\u109F\u1780-\u17FF\u2E80-\u9FFF\uAC00-\uD7FF\uF900-\uFAFF\uFF66-\uFFDC\u{20000}-\u{3FFFF}]";

/** Matches a mention of the reader, but not within an e-mail address or a longer name. */
function call() {
  const me = document.documentElement.dataset.me?.replace(/[.+]/g, "\\$&");
  return `(?<!(?!${FREE})${NAME})[@＠]${me}((?<=${FREE})|(?=[@.+\\-_]*(${FREE}|(?!${NAME}))))`;
}

/** @param {string} text @returns {Node[]} */
export function messageNodes(text) {
  const special = new RegExp(`${ADDRESS}|${call()}`, "giu");
  const found = [];
  let done = 0;
  for (let match; (match = special.exec(text)); ) {
    const { 0: what, index } = match;
    const node = /^[@＠]/.test(what) ? mark(what) : link(what);
    if (!node) continue;
    found.push(document.createTextNode(text.slice(done, index)), node);
    special.lastIndex = done = index + (node.textContent ?? "").length;
  }
  return [...found, document.createTextNode(text.slice(done))];
}

/** @param {string} name */
function mark(name) {
  const node = document.createElement("mark");
  node.textContent = name;
  return node;
}

/** Leaves out the punctuation that ends the sentence, and a bracket around the URL. @param {string} found */
function link(found) {
  const address = withinBrackets(found).replace(ENDING, "");
  if (DECEPTIVE.test(found) || !URL.canParse(address)) return null;
  const a = document.createElement("a");
  [a.href, a.target, a.rel, a.textContent] = [address, "_blank", "noopener noreferrer nofollow", address];
  return a;
}

/** The text before the first closing bracket that has no opening one. @param {string} found */
function withinBrackets(found) {
  const open = [0, 0, 0];
  for (let at = 0; at < found.length; at++) {
    const [opened, closed] = ["([{".indexOf(found[at]), ")]}".indexOf(found[at])];
    if (opened >= 0) open[opened]++;
    if (closed >= 0 && open[closed]-- === 0) return found.slice(0, at);
  }
  return found;
}
