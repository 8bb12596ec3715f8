// Selects single rows, a range of rows with Shift, all shown rows, or all items that match the filters. Without this
// module the checkboxes are plain fields of <form data-bulk>.

import { listen } from "../core/events.js";
import { ofPage } from "../core/page-state.js";
import { number, t } from "../core/texts.js";

/** `anchor` is the checkbox at which a Shift range starts. */
const state = ofPage(() => ({
  anchor: /** @type {HTMLInputElement | null} */ (null),
  kept: /** @type {Set<string>} */ (new Set()),
  observer: new MutationObserver(() => tell()),
}));

export const chosen = () => boxes().filter((box) => box.checked).map((box) => Number(box.value));

/** @param {Iterable<string>} ids */
export function choose(ids) {
  const wanted = new Set(ids);
  for (const box of boxes()) box.checked = wanted.has(box.value);
  const all = allThatMatch();
  if (all) all.checked = false;
  tell();
}

export function mountSelect() {
  if (!document.querySelector("[data-bulk]")) return;
  document.addEventListener("click", click);
  listen("list:shown", () => {
    choose(state().kept);
    watch();
  });
  watch();
  tell();
}

/** @param {MouseEvent} event */
function click(event) {
  const target = /** @type {HTMLInputElement} */ (event.target);
  if (target.matches("[data-unpick]")) return choose([]);
  if (target.matches("[data-pick-shown]")) {
    for (const box of boxes()) box.checked = target.checked;
  } else if (target.matches("tbody [name=ids]")) {
    if (event.shiftKey) range(target);
    state().anchor = target;
  } else if (target !== allThatMatch()) return;
  const all = allThatMatch();
  if (all && target !== all) all.checked = false;
  tell();
}

/** Sets all checkboxes from the anchor to this checkbox to the state of this checkbox. @param {HTMLInputElement} box */
function range(box) {
  const [shown, { anchor }] = [boxes(), state()];
  const [from, to] = [anchor ? shown.indexOf(anchor) : -1, shown.indexOf(box)];
  if (from < 0) return;
  for (const one of shown.slice(Math.min(from, to), Math.max(from, to) + 1)) one.checked = box.checked;
}

function tell() {
  const form = /** @type {HTMLElement} */ (document.querySelector("[data-bulk]"));
  const [shown, ids] = [boxes(), chosen()];
  state().kept = new Set(ids.map(String));
  const isAll = allThatMatch()?.checked ?? false;
  form.hidden = ids.length === 0 && !isAll;
  const text = isAll ? t("js.bulk.all") : t("js.bulk.chosen", number(ids.length));
  const place = /** @type {HTMLElement} */ (form.querySelector("[data-chosen]"));
  if (place.textContent !== text) place.textContent = text;
  const pick = /** @type {HTMLInputElement} */ (document.querySelector("[data-pick-shown]"));
  pick.hidden = shown.length === 0;
  pick.checked = shown.length > 0 && ids.length === shown.length;
  pick.indeterminate = ids.length > 0 && !pick.checked;
  /** @type {HTMLElement} */ (form.querySelector("[data-unpick]")).hidden = false;
}

/** Updates the selection when rows are added or removed. */
function watch() {
  const rows = document.querySelector("#list tbody");
  state().observer.disconnect();
  if (rows) state().observer.observe(rows, { childList: true });
}

const boxes = () =>
  /** @type {HTMLInputElement[]} */ ([...document.querySelectorAll("#list tbody [name=ids]:enabled")]);

const allThatMatch = () => /** @type {HTMLInputElement | null} */ (document.querySelector("[data-bulk] [name=all]"));
