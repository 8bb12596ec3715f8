// What the keyboard does on the list, beside what it does everywhere; "?" shows <dialog id="keys">, which lists it.
// Without this module one tabs to what there is.

import { dialog } from "./dom.js";

const COMPOSING = 229;
const NOT_LATIN = /^(?=\p{L}$)\P{sc=Latn}/u;

/** Of the row where one is. @type {Record<string, string>} */
const IN_ROW = { "+": "[name=move]:last-child", "-": "[name=move]", s: "[name=star]", x: "[name=ids]" };

export function mountKeys() {
  // Keys belong to an input method while it composes: nothing else hears of them. Safari ends a composition before it
  // tells of the Enter that ended it, which only its code gives away (WebKit bug 165004).
  addEventListener("keydown", (event) => {
    if (event.isComposing || event.keyCode === COMPOSING) event.stopImmediatePropagation();
  }, true);
  document.addEventListener("keydown", (event) => {
    const target = /** @type {Element} */ (event.target);
    // A dialog that has just closed keeps the focus inside until the next frame.
    const isTyping = target.checkVisibility()
      && target.closest("input:not([type=checkbox]), textarea, select, dialog[open]");
    if (isTyping || event.ctrlKey || event.metaKey || event.altKey) return;
    if (press(meant(event), target.closest("tbody tr"))) event.preventDefault();
  });
}

/** Where letters are not Latin, what the same key writes where they are. @param {KeyboardEvent} event */
function meant({ key, code }) {
  const letter = NOT_LATIN.test(key) ? code.replace("Key", "") : key;
  return letter.length === 1 ? letter.toLowerCase() : letter;
}

/** @param {string} key @param {Element | null} row where one is @returns {boolean} whether it means something */
function press(key, row) {
  if (key === "/") return focus(document.querySelector("[type=search]"));
  if (key === "n") return click(document.querySelector("[data-dialog=create]"));
  if (key === "ArrowDown" || key === "ArrowUp") return step(key === "ArrowDown", row);
  if (key === "?" && dialog("keys")) dialog("keys").showModal();
  else return row !== null && key in IN_ROW && click(row.querySelector(IN_ROW[key]));
  return true;
}

/**
 * To the next row, or the one before; from the page itself to the first; from elsewhere the arrows do what they do.
 * @param {boolean} isDown @param {Element | null} row
 */
function step(isDown, row) {
  if (!row && document.activeElement !== document.body) return false;
  const next = isDown ? row?.nextElementSibling : row?.previousElementSibling;
  const wanted = row ? next : document.querySelector("#list tbody tr");
  return focus(wanted?.querySelector("[data-name]") ?? null);
}

/** @param {Element | null} element */
function focus(element) {
  /** @type {HTMLElement | null} */ (element)?.focus();
  return element !== null;
}

/** What one cannot see one may not do. @param {Element | null} element */
function click(element) {
  if (!element?.checkVisibility()) return false;
  /** @type {HTMLElement} */ (element).click();
  return true;
}
