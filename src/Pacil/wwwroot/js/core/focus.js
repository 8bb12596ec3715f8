// Keeps the keyboard focus on the same or a nearby control when a row is removed or the list is replaced.

/** @param {ParentNode} place */
const controls = (place) =>
  [.../** @type {NodeListOf<HTMLElement>} */ (place.querySelectorAll("a, button, input, select"))];

/** @param {HTMLElement} row */
export function removeRow(row) {
  moveFocusFrom(row);
  row.remove();
}

/**
 * If a control in the row has the focus, moves the focus to the same control in a neighbouring row. If there is no
 * such row, moves the focus to a filter.
 * @param {HTMLElement} row
 */
export function moveFocusFrom(row) {
  const n = controls(row).findIndex((control) => control === document.activeElement);
  if (n < 0) return;
  const rows = [...document.querySelectorAll("#list tbody tr:not([hidden])")];
  const at = rows.indexOf(row);
  const next = rows[at + 1] ?? rows[at - 1];
  const chip = document.querySelector(".chips [aria-current]") ?? document.querySelector(".chips a");
  /** @type {HTMLElement | null} */ (next ? controls(next)[n] : chip)?.focus();
}

/** Call this before the list is replaced. Afterwards the returned function restores the focus. @returns {() => void} */
export function keepFocus() {
  const focused = document.activeElement;
  const place = focused?.closest("tbody tr, thead, .chips, #bulk, #list");
  if (!place) return () => {};
  const n = controls(place).findIndex((control) => control === focused);
  return () => {
    const again = place.id === "list" ? null
      : place.id ? document.getElementById(place.id)
      : document.querySelector(place.matches("thead") ? "thead" : ".chips");
    const first = document.querySelector("#list :is(tbody, [data-empty]) a");
    /** @type {HTMLElement | null} */ (again ? controls(again)[n] : first)?.focus({ preventScroll: true });
  };
}
