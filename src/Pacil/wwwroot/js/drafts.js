// <form data-draft="item:7">: what one types and does not send is kept, on the server and, where that cannot be
// reached, in this browser; it is there again when one comes back, on another device too. <p data-drafted> says so, and
// offers to discard it. In a dialog it is there when that opens ("form:open"). Without this module what is not sent is
// gone with the page.

import { put, remove } from "./ajax.js";
import { batch } from "./batch.js";
import { t } from "./texts.js";

const SAVE_AFTER_MS = 1_000;
const VERSION = "version";

/** @typedef {Record<string, string>} Draft */

/** Those of which something is kept. @type {WeakSet<HTMLFormElement>} */
const kept = new WeakSet();

/** @param {ParentNode} root */
export function mountDrafts(root) {
  for (const form of /** @type {NodeListOf<HTMLFormElement>} */ (root.querySelectorAll("form[data-draft]"))) {
    const first = values(form);
    let timer = 0;
    form.addEventListener("input", () => {
      clearTimeout(timer);
      timer = window.setTimeout(() => save(form, first), SAVE_AFTER_MS);
    });
    // What is sent by a plain form ends with the page; the server's answer decides whether it was taken.
    for (const name of ["form:done", "form:kept"])
      form.addEventListener(name, () => {
        clearTimeout(timer);
        forget(form);
      });
    // Whoever must sign in again first finds it then.
    form.addEventListener("form:refused", () => save(form, first));
    if (form.closest("dialog")) form.addEventListener("form:open", () => restore(form, first));
    else restore(form, first);
  }
}

/** @param {HTMLFormElement} form @param {Draft} first what it showed at the beginning */
async function save(form, first) {
  const draft = changes(form, first);
  if (!draft) return forget(form);
  kept.add(form);
  localStorage.setItem(place(form), JSON.stringify(draft));
  // Where the server cannot be reached, it stays there.
  await put(address(form), draft, { key: null }).then(() => localStorage.removeItem(place(form)), () => {});
  tell(form, t("js.draft.saved"));
}

/** @param {HTMLFormElement} form @param {Draft} first */
async function restore(form, first) {
  const local = localStorage.getItem(place(form));
  /** @type {Draft | null} */
  const draft = local ? JSON.parse(local) : await batch(address(form)).catch(() => null);
  // Whoever has begun to type goes on with that.
  if (!draft || changes(form, first)) return;
  kept.add(form);
  if (Object.keys(draft).every((name) => name === VERSION || draft[name] === first[name])) return forget(form);
  fill(form, draft);
  tell(form, t("js.draft.restored"), () => {
    fill(form, first);
    forget(form);
  });
}

/** @param {HTMLFormElement} form */
function forget(form) {
  tell(form, "");
  if (!kept.delete(form)) return;
  localStorage.removeItem(place(form));
  remove(address(form), { key: null }).catch(() => {});
}

/** @param {HTMLFormElement} form @param {string} text @param {() => void} [discard] */
function tell(form, text, discard) {
  const shown = form.querySelector("[data-drafted]");
  if (!shown) return;
  shown.textContent = text;
  if (!discard) return;
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = t("js.draft.discard");
  button.addEventListener("click", discard);
  shown.append(" ", button);
}

/** @param {HTMLFormElement} form */
function values(form) {
  /** @type {Draft} */
  const shown = {};
  for (const { name, value } of fields(form)) shown[name] = value;
  return shown;
}

/**
 * What one has typed, with the version that it was made from, so that it overwrites nobody's change.
 * @param {HTMLFormElement} form @param {Draft} first @returns {Draft | null}
 */
function changes(form, first) {
  const typed = Object.entries(values(form)).filter(([name, value]) => name !== VERSION && value !== first[name]);
  if (typed.length === 0) return null;
  return { ...Object.fromEntries(typed), ...(VERSION in first ? { [VERSION]: first[VERSION] } : {}) };
}

/** @param {HTMLFormElement} form @param {Draft} draft */
function fill(form, draft) {
  for (const field of fields(form)) if (field.name in draft) field.value = draft[field.name];
}

/** @param {HTMLFormElement} form */
const fields = (form) =>
  /** @type {HTMLInputElement[]} */ ([...form.elements]).filter(
    ({ name, type }) => name && type !== "submit" && (type !== "hidden" || name === VERSION),
  );

/** @param {HTMLFormElement} form */
const address = (form) => `/api/drafts/${encodeURIComponent(form.dataset.draft ?? "")}`;

/** One account's are not another's. @param {HTMLFormElement} form */
const place = (form) => `draft:${document.documentElement.dataset.account}:${form.dataset.draft}`;
