// <form data-item>: the page of one item is kept as the item is, but for what one is just writing oneself. Without this
// module it shows what it showed when it was loaded, and a save that comes too late is refused.

import { follow } from "./conflict.js";
import { detail } from "./dom.js";
import { number } from "./texts.js";

export function mountItemPage() {
  const form = /** @type {HTMLFormElement | null} */ (document.querySelector("form[data-item]"));
  if (!form) return;
  for (const { name, defaultValue } of controls(form)) form.dataset[name] = defaultValue;
  document.addEventListener("feed:entry", (event) => take(detail(event), form));
}

/** @param {import("./types.js").Entry} entry @param {HTMLFormElement} form */
function take(entry, form) {
  const { subject, version, kind, data } = entry;
  const seen = /** @type {HTMLInputElement} */ (form.elements.namedItem("version"));
  if (subject.type !== "item" || String(subject.id) !== form.dataset.item || version <= Number(seen.value)) return;
  if (kind === "item_archived" || kind === "item_restored") {
    // Other forms are needed from here on; what is being written must not be lost for that.
    if (controls(form).every(({ name, value }) => value === form.dataset[name])) location.reload();
    return;
  }
  seen.value = String(version);
  follow(form, entry);
  if (kind === "item_changed" && data.name) show("h1", data.name.to);
  if (kind === "item_changed" && data.unit) show("[data-unit]", data.unit.to);
  if (kind === "stock_moved") show("[data-amount]", number(data.amount));
  const { amount, threshold } = form.dataset;
  const isLow = threshold !== "" && Number(amount) <= Number(threshold);
  document.querySelector(".stock")?.classList.toggle("low", isLow);
  /** @type {HTMLElement} */ (document.querySelector(".stock .warning")).hidden = !isLow;
}

/** What one writes. @param {HTMLFormElement} form */
const controls = (form) =>
  /** @type {HTMLInputElement[]} */ ([...form.elements]).filter(({ name, type }) => name && type !== "hidden");

/** @param {string} place @param {string} text */
function show(place, text) {
  const element = document.querySelector(place);
  if (element) element.textContent = text;
}
