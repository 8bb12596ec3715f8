// <dialog>: closes by its [data-close] buttons and by a click beside it; Escape is the browser's own.

export function mountDialogs() {
  for (const box of document.querySelectorAll("dialog"))
    box.addEventListener("click", (event) => {
      if (event.target === box || /** @type {Element} */ (event.target).closest("[data-close]")) box.close();
    });
}

/** @param {string} id @returns {HTMLDialogElement} */
export const dialog = (id) => /** @type {HTMLDialogElement} */ (document.getElementById(id));

/** What an event of a form brings along; see forms.js. @param {Event} event @returns {any} */
export const detail = (event) => /** @type {CustomEvent} */ (event).detail;
