// Keyboard shortcuts of the list of items. "?" opens a dialog that explains the shortcuts.

import { dialog } from "./dom.js";

const COMPOSING = 229;
const NOT_LATIN = /^(?=\p{L}$)\P{sc=Latn}/u;

/** @type {Record<string, string>} */
const IN_ROW = { "+": "[name=move]:last-child", "-": "[name=move]", s: "[name=star]", x: "[name=ids]" };

export function mountKeys() {
  // While an input method composes text, its key events must not trigger shortcuts. In Safari, isComposing is already
  // false for the Enter that ends a composition; only keyCode 229 identifies that Enter (WebKit bug 165004).
  addEventListener("keydown", (event) => {
    if (event.isComposing || event.keyCode === COMPOSING) event.stopImmediatePropagation();
  }, true);
  document.addEventListener("keydown", (event) => {
    const target = /** @type {Element} */ (event.target);
    // A field in a dialog that has just closed keeps the focus until the next animation frame, but is not visible.
    const isTyping = target.checkVisibility()
      && target.closest("input:not([type=checkbox]), textarea, select, dialog[open]");
    if (isTyping || event.ctrlKey || event.metaKey || event.altKey) return;
    if (press(meant(event), target.closest("tbody tr"))) event.preventDefault();
  });
}

/** For a non-Latin letter, returns the Latin letter of the same key. @param {KeyboardEvent} event */
function meant({ key, code }) {
  const letter = NOT_LATIN.test(key) ? code.replace("Key", "") : key;
  return letter.length === 1 ? letter.toLowerCase() : letter;
}

/** @param {string} key @param {Element | null} row @returns {boolean} */
function press(key, row) {
  if (key === "/") return focus(document.querySelector("[type=search]"));
  if (key === "n") return click(document.querySelector("[data-dialog=create]"));
  if (key === "ArrowDown" || key === "ArrowUp") return step(key === "ArrowDown", row);
  if (key === "?" && dialog("keys")) dialog("keys").showModal();
  else return row !== null && key in IN_ROW && click(row.querySelector(IN_ROW[key]));
  return true;
}

/**
 * Focuses the next or previous row, or the first row if nothing has the focus.
 * @param {boolean} isDown @param {Element | null} row null if the focus is outside the rows
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

/** Clicks a control, unless the control is hidden because the user may not use it. @param {Element | null} element */
function click(element) {
  if (!element?.checkVisibility()) return false;
  /** @type {HTMLElement} */ (element).click();
  return true;
}
