import { t, whole } from "../core/texts.js";

/** @typedef {HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement} Control */

/** @param {Control} control @returns {string} the error message, or "" if the field is valid */
export function validationError(control) {
  const text = control.value;
  const { minLength, maxLength } = /** @type {HTMLInputElement} */ (control);
  if (control.required && text.trim() === "") return t("error.required");
  if (text === "") return "";
  if (maxLength > 0 && text.length > maxLength) return t("error.too_long", maxLength);
  if (control.type === "password") return passwordFault(/** @type {HTMLInputElement} */ (control));
  if (minLength > 0 && text.length < minLength) return t("error.password_too_short", minLength);
  if (control.type === "email" && control.validity.typeMismatch) return t("error.email_not_valid");
  if (control.name === "username" && /[^\p{L}\p{M}\p{N}@.+\-_]/u.test(text)) return t("error.username_not_allowed");
  if (control.inputMode !== "numeric") return "";
  const { min, max } = control.dataset;
  if (Number.isNaN(whole(text))) return t("error.not_a_whole_number");
  if (min && whole(text) < Number(min)) return t("error.too_small", min);
  if (max && whole(text) > Number(max)) return t("error.too_large", max);
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
