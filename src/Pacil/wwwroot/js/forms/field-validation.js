import { t, whole } from "../core/texts.js";

/** @typedef {HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement} Control */

/** White space and characters that are invisible by themselves. */
const BLANK = /^[\s\u0085\p{DI}]*$/u;

/** @param {string} text */
const lengthOf = (text) => [...text].length;

/**
 * Checks a field by the rules of the server (RequestFields.cs). The server also has rules that need its data.
 * @param {Control} control @returns {string} the error message, or "" if the field is valid
 */
export function validationError(control) {
  const { minLength, maxLength, type, value } = /** @type {HTMLInputElement} */ (control);
  const isPassword = type === "password";
  // The server trims all fields except passwords and texts of several lines.
  const text = isPassword || type === "textarea" ? value : value.trim();
  if (control.required && (isPassword ? text === "" : BLANK.test(text))) return t("error.required");
  if (text === "") return "";
  if (maxLength > 0 && lengthOf(text) > maxLength) return t("error.too_long", maxLength);
  if (isPassword) return passwordFault(/** @type {HTMLInputElement} */ (control));
  if (minLength > 0 && lengthOf(text) < minLength) return t("error.password_too_short", minLength);
  if (control.type === "email" && control.validity.typeMismatch) return t("error.email_not_valid");
  if (control.name === "username" && /[^\p{L}\p{M}\p{N}@.+\-_]/u.test(text.normalize("NFKC")))
    return t("error.username_not_allowed");
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
  if (minLength > 0 && lengthOf(value) < minLength) return t("error.password_too_short", minLength);
  if (minLength > 0 && /^\p{Nd}+$/u.test(value)) return t("error.password_all_digits");
  const first = /** @type {HTMLInputElement | null | undefined} */ (form?.elements.namedItem("password"));
  return name === "password_confirmation" && first?.value !== value ? t("error.passwords_differ") : "";
}
