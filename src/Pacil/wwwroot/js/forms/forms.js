// <form data-form>: validates each field while the user types, by the HTML attributes that the server has rendered.
// <form data-form data-api="/api/…" data-method="POST">: sends the fields as JSON without a page load. First dispatches
// "form:values"; a listener may change the body, replace `send`, or cancel. After success dispatches "form:done" with
// the response, or "form:kept" if the outbox has stored the operation for later. After an error dispatches
// "form:refused", and shows the errors beside the fields unless a listener cancels that event.

import { AjaxError, request, uniqueKey } from "../ajax.js";
import { dispatch } from "../core/events.js";
import { validationError } from "./field-validation.js";
import { t, whole } from "../core/texts.js";
import { toast, toastError } from "../core/toast.js";

const CLICK_MS = 250;

/** @typedef {HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement} Control */
/** @typedef {import("../core/types.js").Json} Json */
/**
 * @typedef {{ body: Record<string, string | number | null>, submitter: HTMLElement | null,
 *   send: () => Promise<Json | undefined> }} Values the detail of "form:values"
 */

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

/** The form's values for the API: numeric fields as numbers, empty fields as null. @param {HTMLFormElement} form */
export function values(form) {
  /** @type {Values["body"]} */
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

/** Sets a new Idempotency-Key. Repeated attempts to send the same values use one key. @param {HTMLFormElement} form */
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
    /** @type {Values} */
    const values = { body, submitter, send: () => send(form, body) };
    if (!dispatch("form:values", values, form, { cancelable: true })) return;
    const answer = await values.send();
    newKey(form);
    if (answer === undefined) dispatch("form:kept", undefined, form);
    else dispatch("form:done", answer, form, { bubbles: true });
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

/** @param {HTMLFormElement} form @param {unknown} error @param {Values["body"]} body */
function refuse(form, error, body) {
  // Corrected values need a new key, because the server refuses a second body for the same key.
  if (error instanceof AjaxError && error.status > 0) newKey(form);
  if (!dispatch("form:refused", { error, body }, form, { cancelable: true })) return;
  const messages = error instanceof AjaxError ? error.errors : {};
  const broken = controls(form).filter((control) => messages[control.name]);
  for (const control of broken) show(control, messages[control.name].join(" "));
  if (broken.length > 0) broken[0].focus();
  else toastError(error);
}

/** While the user types, an error may change or disappear, but no new error appears. @param {Control} control */
function recheck(control) {
  if (!isAsked(control) && control.getAttribute("aria-invalid") === "true") show(control, validationError(control));
}

/**
 * Validates a field that has lost the focus. The error message appears after a delay of CLICK_MS, because the message
 * moves the page below the field. Without the delay, a button would move away while the user clicks that button.
 * @param {Control} control
 */
function leave(control) {
  if (!control.name) return;
  setTimeout(() => {
    const message = control.value && validationError(control);
    if (message && !isAsked(control)) show(control, message);
  }, CLICK_MS);
}

/** Whether the user must choose between two values of the field before the form is sent. @param {Control} control */
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
