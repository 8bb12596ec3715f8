// What the keyboard does on the list, beside what it does everywhere; "?" shows <dialog id="keys">, which lists it.
// Without this module one tabs to what there is.

import { dialog } from "./dom.js";

/** Of the row where one is. @type {Record<string, string>} */
const IN_ROW = { "+": "[name=move]:last-child", "-": "[name=move]", s: "[name=star]", x: "[name=ids]" };

export function mountKeys() {
  document.addEventListener("keydown", (event) => {
    const target = /** @type {Element} */ (event.target);
    // A dialog that has just closed keeps the focus inside until the next frame.
    const isTyping = target.checkVisibility()
      && target.closest("input:not([type=checkbox]), textarea, select, dialog[open]");
    if (isTyping || event.ctrlKey || event.metaKey || event.altKey) return;
    if (press(event.key, target.closest("tbody tr"))) event.preventDefault();
  });
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
