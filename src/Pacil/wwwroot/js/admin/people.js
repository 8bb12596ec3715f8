// The administrators' pages without page loads: create, change, lock and erase accounts, and set who may register.
// forms.js sends <form data-people>; this module sends <form data-act="/api/…">.

import { request } from "../ajax.js";
import { detail } from "../core/dom.js";
import { clear } from "../forms/forms.js";
import { refresh, settle } from "./people-live.js";
import { toast, toastError } from "../core/toast.js";

export function mountPeople() {
  if (!document.querySelector("[data-people]")) return;
  document.addEventListener("form:done", (event) => done(/** @type {HTMLFormElement} */ (event.target), detail(event)));
  document.addEventListener("submit", (event) => {
    const form = /** @type {HTMLFormElement} */ (event.target);
    if (!form.dataset.act) return;
    event.preventDefault();
    act(form, /** @type {HTMLButtonElement} */ (event.submitter)).catch(toastError);
  });
}

/** @param {HTMLFormElement} form @param {any} answer */
function done(form, answer) {
  if (form.dataset.people === "gone") return location.assign("/admin");
  if (form.dataset.people === "created") {
    clear(form);
    showLink(answer.sign_in_link);
  } else {
    settle(form);
    toast(form.dataset.said ?? "");
  }
  refresh().catch(toastError);
}

/** @param {HTMLFormElement} form @param {HTMLButtonElement} button */
async function act(form, button) {
  if (button.ariaDisabled === "true") return;
  button.ariaDisabled = "true";
  try {
    const body = button.name ? { [button.name]: button.value === "true" } : undefined;
    const answer = await request(form.dataset.method ?? "POST", form.dataset.act ?? "", { body });
    if (answer?.sign_in_link) showLink(answer.sign_in_link);
    toast(form.dataset.said ?? "");
    await refresh();
  } finally {
    button.ariaDisabled = null;
  }
}

/** The server stores only the hash of a sign-in link, so the link cannot be shown again. @param {string} path */
function showLink(path) {
  const box = /** @type {HTMLElement} */ (document.querySelector("[data-link]"));
  box.hidden = false;
  const field = /** @type {HTMLInputElement} */ (box.querySelector("input"));
  field.value = new URL(path, location.href).href;
  field.focus();
  field.select();
}
