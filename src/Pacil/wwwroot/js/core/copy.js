// <button data-copy="ID"> copies the value of the field with that id. Without this module the button stays hidden.

import { t } from "./texts.js";
import { toast } from "./toast.js";

export function mountCopy() {
  for (const button of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-copy]"))) {
    button.hidden = false;
    button.addEventListener("click", () => copy(/** @type {string} */ (button.dataset.copy)));
  }
}

/** @param {string} id */
async function copy(id) {
  const field = /** @type {HTMLInputElement} */ (document.getElementById(id));
  field.select();
  toast(t((await write(field.value)) ? "js.copied" : "js.copy_by_hand"));
}

/** The clipboard API needs a secure connection; execCommand does not. @param {string} text */
async function write(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return document.execCommand("copy");
  }
}
