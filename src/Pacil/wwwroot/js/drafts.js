// <form data-draft="item:7">: what one types and does not send is kept, on the server and, where that cannot be
// reached, in this browser; it is there again when one comes back, on another device too. <p data-drafted> says so, and
// offers to discard it. In a dialog it is there when that opens ("form:open"). What others have changed meanwhile in
// the same field is a question at it; see conflict.js. Without this module what is not sent is gone with the page.

import { latest, put, remove } from "./ajax.js";
import { batch } from "./batch.js";
import { offerChoice } from "./conflict.js";
import { answered, controls } from "./forms.js";
import { t } from "./texts.js";
import { PREVIOUS, changedValues, shownValue } from "./draft-values.js";

const SAVE_AFTER_MS = 1_000;

/** In this browser, in place of a draft that the server may still have. */
const FORGOTTEN = "null";

/** @typedef {import("./draft-values.js").Draft} Draft */

/** Those of which something is kept. @type {WeakSet<HTMLFormElement>} */
const kept = new WeakSet();
/** The latest counts, and what is forgotten is not kept again. @type {WeakMap<HTMLFormElement, () => AbortSignal>} */
const keeping = new WeakMap();

/** @param {ParentNode} root */
export function mountDrafts(root) {
  for (const form of /** @type {NodeListOf<HTMLFormElement>} */ (root.querySelectorAll("form[data-draft]"))) {
    let timer = 0;
    keeping.set(form, latest());
    const stop = () => {
      clearTimeout(timer);
      timer = 0;
    };
    const saveNow = () => {
      if (timer) save(form);
      stop();
    };
    form.addEventListener("input", () => {
      clearTimeout(timer);
      timer = window.setTimeout(saveNow, SAVE_AFTER_MS);
    });
    addEventListener("pagehide", saveNow);
    for (const name of ["form:done", "form:kept"])
      form.addEventListener(name, () => {
        stop();
        forget(form);
      });
    // After signing in again, the draft is found here.
    form.addEventListener("form:refused", () => save(form));
    const box = form.closest("dialog");
    box?.addEventListener("close", saveNow);
    if (box) form.addEventListener("form:open", () => restore(form));
    else restore(form);
  }
}

/** @param {HTMLFormElement} form */
async function save(form) {
  if (!form.dataset.draft) return;
  const draft = changedValues(form);
  if (!draft) return forget(form);
  kept.add(form);
  const [there, here] = [address(form), place(form)];
  locally((kept) => kept.setItem(here, JSON.stringify(draft)));
  // Where the server cannot be reached, it stays there.
  const signal = keeping.get(form)?.();
  await put(there, draft, { key: null, signal }).then(() => locally((kept) => kept.removeItem(here)), () => {});
  if (!signal?.aborted) tell(form, t("js.draft.saved"));
}

/** @param {HTMLFormElement} form */
async function restore(form) {
  kept.delete(form);
  tell(form, "");
  if (!form.dataset.draft) return;
  const { draft: of } = form.dataset;
  const local = locally((kept) => kept.getItem(place(form)));
  if (local === FORGOTTEN) return erase(form);
  /** @type {Draft | null} */
  const draft = local ? JSON.parse(local) : await batch(address(form), true).catch(() => null);
  // What the person has begun to type stays; and the dialog may show another item by now.
  if (!draft || of !== form.dataset.draft || changedValues(form)) return;
  kept.add(form);
  const typed = controls(form).filter((field) => field.name in draft && draft[field.name] !== shownValue(field));
  if (typed.length === 0) return forget(form);
  for (const field of typed) {
    const [was, now] = [draft[field.name + PREVIOUS], shownValue(field)];
    field.value = draft[field.name];
    if (was !== undefined && was !== now) offerChoice(field, now, t("js.feed.someone"));
  }
  tell(form, t("js.draft.restored"), () => {
    for (const field of typed) {
      field.value = shownValue(field);
      answered(field);
    }
    forget(form);
  });
}

/** @param {HTMLFormElement} form */
function forget(form) {
  tell(form, "");
  keeping.get(form)?.();
  if (kept.delete(form)) erase(form);
}

/** Where the server cannot be told, it is when the form is opened again. @param {HTMLFormElement} form */
async function erase(form) {
  const [there, here] = [address(form), place(form)];
  locally((kept) => kept.setItem(here, FORGOTTEN));
  await remove(there, { key: null }).then(
    () => locally((kept) => kept.getItem(here) === FORGOTTEN && kept.removeItem(here)), () => {});
}

/** @param {HTMLFormElement} form @param {string} text @param {() => void} [discard] */
function tell(form, text, discard) {
  const shown = form.querySelector("[data-drafted]");
  if (!shown) return;
  shown.textContent = text;
  if (!discard) return;
  const made = Object.assign(document.createElement("button"), { type: "button", textContent: t("js.draft.discard") });
  made.addEventListener("click", discard);
  shown.append(" ", made);
}

/**
 * Does something with what this browser keeps; one that keeps nothing, or has no room left, does without.
 * @template T @param {(kept: Storage) => T} how @returns {T | null}
 */
export function locally(how) {
  try {
    return how(localStorage);
  } catch {
    return null;
  }
}

/** @param {HTMLFormElement} form */
const address = (form) => `/api/drafts/${encodeURIComponent(form.dataset.draft ?? "")}`;

/** One account's are not another's. @param {HTMLFormElement} form */
const place = (form) => `draft:${document.documentElement.dataset.account}:${form.dataset.draft}`;
