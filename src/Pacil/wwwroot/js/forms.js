// <form data-form>: says beside each field what is wrong with it, while one types, by the rules that the server
//   wrote into the field (required, maxlength, min …). Without scripts the server says it after sending.
// <form data-form data-api="/api/…" data-method="POST">: sends JSON without leaving the page. Dispatches
//   "form:values" first, whose listeners may change the body, send it otherwise, or call the sending off; then
//   "form:done" with the answer, or "form:kept" where there is none yet but will be; what the server refuses stands
//   beside the fields, unless a listener to "form:refused" sees to it.

import { AjaxError, request, uniqueKey } from "./ajax.js";
import { t } from "./texts.js";
import { toastError } from "./toast.js";

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

/** The fields as the API takes them: numbers as numbers, empty ones as null. @param {HTMLFormElement} form */
export function values(form) {
  /** @type {Record<string, string | number | null>} */
  const body = {};
  for (const { name, type, value } of controls(form))
    body[name] = value === "" ? null : type === "number" ? Number(value) : value;
  return body;
}

/** Empties the form, with a key of its own for what it will send next. @param {HTMLFormElement} form */
export function clear(form) {
  form.reset();
  for (const control of controls(form)) show(control, "");
  newKey(form);
}

/** Under it what is sent now may be sent again. @param {HTMLFormElement} form */
function newKey(form) {
  form.dataset.key = uniqueKey();
}

/** @param {HTMLFormElement} form */
function controls(form) {
  return /** @type {Control[]} */ ([...form.elements]).filter(
    (control) => control.name && control.type !== "hidden" && control.type !== "submit",
  );
}

/** @param {Event} event @param {HTMLFormElement} form */
async function submit(event, form) {
  const broken = controls(form).filter((control) => show(control, fault(control)));
  if (broken.length > 0 || form.dataset.api) event.preventDefault();
  if (broken.length > 0) return broken[0].focus();
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
  return request(method, api, { body, key, headers: version ? { "If-Match": version } : undefined });
}

/** @param {HTMLFormElement} form @param {unknown} error @param {object} body what was sent */
function refuse(form, error, body) {
  // The server has seen this key with other values, or will when they are corrected.
  if (error instanceof AjaxError && error.status > 0) newKey(form);
  if (!form.dispatchEvent(new CustomEvent("form:refused", { detail: { error, body }, cancelable: true }))) return;
  const messages = error instanceof AjaxError ? error.errors : {};
  const broken = controls(form).filter((control) => messages[control.name]);
  for (const control of broken) show(control, messages[control.name].join(" "));
  if (broken.length > 0) broken[0].focus();
  else toastError(error);
}

/** While one types, a message may go or change, but not jump up. @param {Control} control */
function recheck(control) {
  if (control.getAttribute("aria-invalid") === "true") show(control, fault(control));
}

/**
 * A message moves what is below it. It waits for the click that took the focus away to be over, or the button under
 * the pointer would slip from under it. What the server says meanwhile about the field stays.
 * @param {Control} control
 */
function leave(control) {
  if (!control.name) return;
  setTimeout(() => {
    const message = control.value && fault(control);
    if (message) show(control, message);
  }, CLICK_MS);
}

/** @param {Control} control @returns {string} "" when nothing is wrong */
function fault(control) {
  const text = control.value;
  const { min, max, minLength, maxLength } = /** @type {HTMLInputElement} */ (control);
  if (control.validity.badInput) return t("error.not_a_whole_number");
  if (control.required && text.trim() === "") return t("error.required");
  if (text === "") return "";
  if (maxLength > 0 && text.length > maxLength) return t("error.too_long", maxLength);
  if (control.type === "password") return passwordFault(/** @type {HTMLInputElement} */ (control));
  if (minLength > 0 && text.length < minLength) return t("error.password_too_short", minLength);
  if (control.type === "email" && control.validity.typeMismatch) return t("error.email_not_valid");
  if (control.name === "username" && /[^\p{L}\p{N}@.+\-_]/u.test(text)) return t("error.username_not_allowed");
  if (control.type !== "number") return "";
  if (!Number.isInteger(Number(text))) return t("error.not_a_whole_number");
  if (min !== "" && Number(text) < Number(min)) return t("error.too_small", min);
  if (max !== "" && Number(text) > Number(max)) return t("error.too_large", max);
  return "";
}

/** @param {HTMLInputElement} control */
function passwordFault(control) {
  const { value, minLength, name, form } = control;
  if (minLength > 0 && value.length < minLength) return t("error.password_too_short", minLength);
  if (minLength > 0 && /^\d+$/.test(value)) return t("error.password_all_digits");
  const first = /** @type {HTMLInputElement | null | undefined} */ (form?.elements.namedItem("password"));
  return name === "password_confirmation" && first?.value !== value ? t("error.passwords_differ") : "";
}

/** @param {Control} control @param {string} message @returns {boolean} whether there is one */
export function show(control, message) {
  const place = control.form?.querySelector(`[data-error-for="${control.name}"]`);
  if (place) place.textContent = message;
  if (message) control.setAttribute("aria-invalid", "true");
  else control.removeAttribute("aria-invalid");
  return message !== "";
}
