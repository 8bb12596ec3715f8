// <input type="search" data-suggest="/api/autocomplete">: suggests names while the user types, as a combobox (WAI-ARIA
// APG, "editable combobox with list autocomplete"). Without this module the field is a plain search field.

import { get, known, latest } from "../ajax.js";
import { as, list as listOf, text } from "../ajax/shapes.js";
import { t } from "../core/texts.js";

const LENGTH_MIN = 2;
const DEBOUNCE_MS = 150;

const texts = listOf(text);

export function mountSuggest() {
  const box = /** @type {HTMLInputElement | null} */ (document.querySelector("[data-suggest]"));
  if (!box) return;
  const list = document.createElement("ul");
  [list.id, list.role, list.ariaLabel, list.hidden] = ["suggestions", "listbox", t("js.suggestions"), true];
  box.after(list);
  box.setAttribute("role", "combobox");
  box.setAttribute("aria-controls", list.id);
  [box.ariaAutoComplete, box.ariaExpanded] = ["list", "false"];
  let timer = 0;
  const asking = latest();
  box.addEventListener("input", () => {
    clearTimeout(timer);
    const signal = asking();
    const names = typed(box).length < LENGTH_MIN ? [] : known(address(box));
    if (names) return show(as(texts, names), box, list);
    timer = window.setTimeout(() => ask(box, list, signal), DEBOUNCE_MS);
  });
  box.form?.addEventListener("submit", () => {
    clearTimeout(timer);
    asking();
    show([], box, list);
  });
  box.addEventListener("keydown", (event) => press(event, box, list));
  box.addEventListener("blur", () => show([], box, list));
  // A "click" event would be too late, because the search field loses the focus before it, and the list then closes.
  list.addEventListener("pointerdown", (event) => {
    event.preventDefault();
    const option = /** @type {Element} */ (event.target).closest("[role=option]");
    if (option) choose(option, box);
  });
}

/** @param {HTMLInputElement} box */
const typed = (box) => box.value.trim();

/** @param {HTMLInputElement} box */
const address = (box) => `${box.dataset.suggest}?q=${encodeURIComponent(typed(box))}`;

/** @param {HTMLInputElement} box @param {HTMLElement} list @param {AbortSignal} signal */
async function ask(box, list, signal) {
  const names = as(texts, await get(address(box), { signal }).catch(() => []));
  if (!signal.aborted && document.activeElement === box) show(names, box, list);
}

/** @param {string[]} names @param {HTMLInputElement} box @param {HTMLElement} list */
function show(names, box, list) {
  list.replaceChildren(...names.map((name, n) => optionOf(name, n, typed(box))));
  list.hidden = names.length === 0;
  box.ariaExpanded = String(names.length > 0);
  box.removeAttribute("aria-activedescendant");
}

/** @param {string} name @param {number} n @param {string} text */
function optionOf(name, n, text) {
  const option = document.createElement("li");
  [option.id, option.role, option.ariaSelected, option.dir] = [`suggestion-${n}`, "option", "false", "auto"];
  const at = name.toLowerCase().indexOf(text.toLowerCase());
  const mark = document.createElement("mark");
  mark.textContent = at < 0 ? "" : name.slice(at, at + text.length);
  option.append(name.slice(0, Math.max(at, 0)), mark, name.slice(at < 0 ? 0 : at + text.length));
  return option;
}

/** @param {KeyboardEvent} event @param {HTMLInputElement} box @param {HTMLElement} list */
function press(event, box, list) {
  if (list.hidden) return;
  const options = [...list.children];
  const now = options.findIndex((option) => option.ariaSelected === "true");
  if (event.key === "ArrowDown") mark(options, now + 1, box);
  else if (event.key === "ArrowUp") mark(options, now < 0 ? options.length - 1 : now - 1, box);
  else if (event.key === "Enter" && now >= 0) choose(options[now], box);
  else if (event.key === "Escape") show([], box, list);
  else return;
  event.preventDefault();
}

/**
 * If there is no option with the number n, no option is marked, and Enter searches for the typed text.
 * @param {Element[]} options @param {number} n @param {HTMLInputElement} box
 */
function mark(options, n, box) {
  options.forEach((option, i) => (option.ariaSelected = String(i === n)));
  const marked = options[n];
  if (marked) box.setAttribute("aria-activedescendant", marked.id);
  else box.removeAttribute("aria-activedescendant");
}

/** @param {Element} option @param {HTMLInputElement} box */
function choose(option, box) {
  box.value = option.textContent ?? "";
  box.form?.requestSubmit();
}
