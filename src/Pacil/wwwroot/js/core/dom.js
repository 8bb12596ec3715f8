/** Closes a dialog when the user clicks one of its [data-close] elements or outside the dialog. */
export function mountDialogs() {
  for (const box of document.querySelectorAll("dialog")) {
    // A click that starts inside and ends outside, such as a selection of text, does not close the dialog.
    let began = false;
    box.addEventListener("pointerdown", (event) => (began = isBeside(box, event)));
    box.addEventListener("click", (event) => {
      const isMeant = began && isBeside(box, event);
      if (isMeant || /** @type {Element} */ (event.target).closest("[data-close]")) box.close();
    });
  }
}

/** @param {HTMLDialogElement} box @param {MouseEvent} event */
function isBeside(box, { target, clientX, clientY }) {
  const { left, right, top, bottom } = box.getBoundingClientRect();
  return target === box && (clientX < left || clientX > right || clientY < top || clientY > bottom);
}

/** @param {string} id @returns {HTMLDialogElement} */
export const dialog = (id) => /** @type {HTMLDialogElement} */ (document.getElementById(id));

/** @param {string} id @returns {HTMLElement} */
export function clone(id) {
  const template = /** @type {HTMLTemplateElement} */ (document.querySelector(`template#${id}`));
  return /** @type {HTMLElement} */ (template.content.firstElementChild?.cloneNode(true));
}

/** @param {Element} element @param {string} name @returns {HTMLElement} */
export const part = (element, name) => /** @type {HTMLElement} */ (element.querySelector(`[data-${name}]`));
