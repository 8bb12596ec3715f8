// The administrators' pages without page loads: create, change, lock and erase accounts, and set who may register.
// forms.js sends <form data-people>; this module sends <form data-act="/api/…">.

import { request } from "../ajax.js";
import { isObject } from "../ajax/shapes.js";
import { listen } from "../core/events.js";
import { clear } from "../forms/forms.js";
import { refresh, settle } from "./people-live.js";
import { toast, toastError } from "../core/toast.js";

/** @typedef {import("../core/types.js").Json} Json */

export function mountPeople() {
  if (!document.querySelector("[data-people]")) return;
  listen("form:done", (answer, { target }) => done(/** @type {HTMLFormElement} */ (target), answer));
  document.addEventListener("submit", (event) => {
    const form = /** @type {HTMLFormElement} */ (event.target);
    if (!form.dataset.act) return;
    event.preventDefault();
    act(form, /** @type {HTMLButtonElement} */ (event.submitter)).catch(toastError);
  });
}

/** @param {HTMLFormElement} form @param {Json} answer */
function done(form, answer) {
  if (form.dataset.people === "gone") return location.assign("/admin");
  if (form.dataset.people === "created") {
    clear(form);
    showLink(answer);
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
    showLink(answer);
    toast(form.dataset.said ?? "");
    await refresh();
  } finally {
    button.ariaDisabled = null;
  }
}

/**
 * Shows the sign-in link in a response, if it has one. The server stores only the hash of a link, so the link cannot be
 * shown again.
 * @param {Json} answer
 */
function showLink(answer) {
  const path = isObject(answer) ? answer.sign_in_link : null;
  if (typeof path !== "string") return;
  const box = /** @type {HTMLElement} */ (document.querySelector("[data-link]"));
  box.hidden = false;
  const field = /** @type {HTMLInputElement} */ (box.querySelector("input"));
  field.value = new URL(path, location.href).href;
  field.focus();
  field.select();
}
