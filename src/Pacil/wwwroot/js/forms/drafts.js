// <form data-draft="item:7">: saves typed values that are not sent yet, on the server or, if it cannot be reached, in
// this browser. The form restores the draft when it is shown again, also on another device. <p data-drafted> offers to
// discard the draft. If another person has changed the same field, the user chooses a value; see conflict.js. Without
// this module, typed values are lost when the user leaves the page.

import { latest, put, remove } from "../ajax.js";
import { listen } from "../core/events.js";
import { offerChoice } from "./conflict.js";
import { answered, controls } from "./forms.js";
import { t } from "../core/texts.js";
import { PREVIOUS, changedValues, fetchDraft, shownValue } from "./draft-values.js";

const SAVE_AFTER_MS = 1_000;
/** The localStorage value of a draft that still has to be deleted on the server. */
const FORGOTTEN = "null";

/** @typedef {import("./draft-values.js").Draft} Draft */

/** @type {WeakSet<HTMLFormElement>} */
const kept = new WeakSet();
// For each form, a function of latest(). A call aborts the running save and returns the signal for the next save.
/** @type {WeakMap<HTMLFormElement, () => AbortSignal>} */
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
    const end = () => {
      stop();
      forget(form);
    };
    listen("form:done", end, form);
    listen("form:kept", end, form);
    // If the session has ended, the browser goes to the sign-in page. The draft preserves the typed values.
    listen("form:refused", () => save(form), form);
    const box = form.closest("dialog");
    box?.addEventListener("close", saveNow);
    if (box) listen("form:open", () => restore(form), form);
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
  // If the server cannot be reached, the draft remains in localStorage.
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
  const draft = local ? JSON.parse(local) : await fetchDraft(address(form));
  // During the request the user may have typed, or the dialog may have opened another item.
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

/** If the server cannot be reached, restore() deletes the draft later. @param {HTMLFormElement} form */
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

/** Deletes the local copies of the account's drafts. */
export const forgetDrafts = () => locally((kept) => {
  for (const name of Object.keys(kept)) if (name.startsWith(prefix())) kept.removeItem(name);
});

/**
 * Returns null if localStorage is blocked or full.
 * @template T @param {(kept: Storage) => T} how @returns {T | null}
 */
function locally(how) {
  try {
    return how(localStorage);
  } catch {
    return null;
  }
}

/** @param {HTMLFormElement} form */
const address = (form) => `/api/drafts/${encodeURIComponent(form.dataset.draft ?? "")}`;

/** @param {HTMLFormElement} form */
const place = (form) => prefix() + form.dataset.draft;

const prefix = () => `draft:${document.documentElement.dataset.account}:`;
