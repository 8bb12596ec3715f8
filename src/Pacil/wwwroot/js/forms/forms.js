// <form data-form>: validates each field while the user types, by the rules that the server wrote into it (required,
//   maxlength, min …). Without scripts the server reports the errors after sending.
// <form data-form data-api="/api/…" data-method="POST">: sends JSON without leaving the page. Dispatches "form:values"
//   first, whose listeners may change the body, replace send, or cancel; then "form:done" with the answer, or
//   "form:kept" if the outbox keeps it for later. Errors appear beside the fields, unless a listener cancels
//   "form:refused".

import { AjaxError, request, uniqueKey } from "../ajax.js";
import { validationError } from "./field-validation.js";
import { t, whole } from "../core/texts.js";
import { toast, toastError } from "../core/toast.js";

const CLICK_MS = 250;

/** @typedef {HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement} Control */

/** @param {ParentNode} root */
export function mountForms(root) {
  for (const form of /** @type {NodeListOf<HTMLFormElement>} */ (root.querySelectorAll("form[data-form]"))) {
    form.noValidate = true;
    form.addEventListener("input", (event) => recheck(/** @type {Control} */ (event.target)));
    form.addEventListener("focusout", (event) => leave(/** @type {Control} */ (event.target)));
    form.addEventListener("submit", (event) => submit(event, form));
  }
  for (const field of /** @type {NodeListOf<HTMLInputElement>} */ (root.querySelectorAll("[data-time-zone]")))
    field.value = Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/** The fields as the API expects them: numbers as numbers, empty ones as null. @param {HTMLFormElement} form */
export function values(form) {
  /** @type {Record<string, string | number | null>} */
  const body = {};
  for (const { name, inputMode, value } of controls(form))
    body[name] = value === "" ? null : inputMode === "numeric" ? whole(value) : value;
  return body;
}

/** @param {HTMLFormElement} form */
export function clear(form) {
  form.reset();
  form.ariaBusy = null;
  for (const control of controls(form)) answered(control);
  newKey(form);
}

/** The form's Idempotency-Key, also for sending the same values again. @param {HTMLFormElement} form */
function newKey(form) {
  form.dataset.key = uniqueKey();
}

/** @param {HTMLFormElement} form */
export function controls(form) {
  return /** @type {HTMLInputElement[]} */ ([...form.elements]).filter(
    (control) => control.name && control.type !== "hidden" && control.type !== "submit",
  );
}

/** @param {Event} event @param {HTMLFormElement} form */
async function submit(event, form) {
  const asked = controls(form).find(isAsked);
  const broken = controls(form).filter((control) => !isAsked(control) && show(control, validationError(control)));
  if (asked || broken.length > 0 || form.dataset.api) event.preventDefault();
  if (asked) toast(t("js.feed.conflict"));
  if (asked || broken.length > 0) return (asked ?? broken[0]).focus();
  if (!form.dataset.api || form.ariaBusy === "true") return;
  form.ariaBusy = "true";
  const body = values(form);
  try {
    const { submitter } = /** @type {SubmitEvent} */ (event);
    const values = { body, submitter, send: () => send(form, body) };
    if (!form.dispatchEvent(new CustomEvent("form:values", { detail: values, cancelable: true }))) return;
    const answer = await values.send();
    newKey(form);
    const name = answer === undefined ? "form:kept" : "form:done";
    form.dispatchEvent(new CustomEvent(name, { detail: answer, bubbles: true }));
  } catch (error) {
    refuse(form, error, body);
  } finally {
    form.ariaBusy = null;
  }
}

/** @param {HTMLFormElement} form @param {object} body */
function send({ dataset: { api = "", method = "POST", key, version } }, body) {
  return request(method, api, { body, key, headers: version ? { "If-Match": `"${version}"` } : undefined });
}

/** @param {HTMLFormElement} form @param {unknown} error @param {object} body */
function refuse(form, error, body) {
  // Corrected values need a new key: the server refuses one key for two bodies.
  if (error instanceof AjaxError && error.status > 0) newKey(form);
  if (!form.dispatchEvent(new CustomEvent("form:refused", { detail: { error, body }, cancelable: true }))) return;
  const messages = error instanceof AjaxError ? error.errors : {};
  const broken = controls(form).filter((control) => messages[control.name]);
  for (const control of broken) show(control, messages[control.name].join(" "));
  if (broken.length > 0) broken[0].focus();
  else toastError(error);
}

/** While the user types, an error may change or disappear, but no new one appears. @param {Control} control */
function recheck(control) {
  if (!isAsked(control) && control.getAttribute("aria-invalid") === "true") show(control, validationError(control));
}

/**
 * A message moves what is below it. It waits until the click that took the focus is over, or else the button would move
 * from under the pointer. An error that the server has sent meanwhile stays.
 * @param {Control} control
 */
function leave(control) {
  if (!control.name) return;
  setTimeout(() => {
    const message = control.value && validationError(control);
    if (message && !isAsked(control)) show(control, message);
  }, CLICK_MS);
}

/** While a field asks the user to choose, its message stays and the form is not sent. @param {Control} control */
const isAsked = (control) => "asked" in control.dataset;

/** @param {Control} control @param {string} question */
export function ask(control, question) {
  control.dataset.asked = "";
  show(control, question);
}

/** @param {Control} control */
export function answered(control) {
  delete control.dataset.asked;
  show(control, "");
}

/** @param {Control} control @param {string} message @returns {boolean} */
export function show(control, message) {
  const place = control.form?.querySelector(`[data-error-for="${control.name}"]`);
  if (place) place.textContent = message;
  if (message) control.setAttribute("aria-invalid", "true");
  else control.removeAttribute("aria-invalid");
  return message !== "";
}
