// Splits a message into DOM nodes: text, links, and mentions of the user. HTML in a message is shown as text.
// Chat/MessageFormatter.cs splits the messages of a server-rendered page in the same way.

// Chinese and Japanese punctuation and quotation marks also end a URL, because often no space follows the URL.
const ADDRESS = 'https?://[^\\s"<>“”«»\u3001-\u3003\u3008-\u301F\uFF01-\uFF65]+';

// A URL that imitates another URL: with a user name before its host, or with invisible characters (DI is
// Default_Ignorable_Code_Point). Such a URL is shown as text and not as a link.
const DECEPTIVE = /^https?:\/\/[^/?#\\]*@|\p{DI}/iu;
const ENDING = /[.,;:!?'…،؛؟।({[\p{Pi}\p{Pf}]+$/u;

const NAME = "[\\p{L}\\p{M}\\p{Nd}@.+\\-_]";
// In Thai, Lao, Burmese, Khmer, Chinese, Japanese and Korean, a word can follow a name without a space.
const FREE =
  "[\u0E00-\u0EFF\u1000-\u109F\u1780-\u17FF\u2E80-\u9FFF\uAC00-\uD7FF\uF900-\uFAFF\uFF66-\uFFDC\u{20000}-\u{3FFFF}]";

/** A regular expression that matches a mention of the user, but not part of an e-mail address or of a longer name. */
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

/**
 * The link for a found URL, without punctuation at its end and without the closing bracket of a pair around it; null if
 * the URL is shown as text.
 * @param {string} found
 */
function link(found) {
  const address = withinBrackets(found).replace(ENDING, "");
  if (DECEPTIVE.test(found) || !URL.canParse(address)) return null;
  const a = document.createElement("a");
  [a.href, a.target, a.rel, a.textContent] = [address, "_blank", "noopener noreferrer nofollow", address];
  return a;
}

/** The part of the text before the first closing bracket that has no opening bracket. @param {string} found */
function withinBrackets(found) {
  const open = [0, 0, 0];
  for (let at = 0; at < found.length; at++) {
    const [opened, closed] = ["([{".indexOf(found[at]), ")]}".indexOf(found[at])];
    if (opened >= 0) open[opened]++;
    if (closed >= 0 && open[closed]-- === 0) return found.slice(0, at);
  }
  return found;
}
