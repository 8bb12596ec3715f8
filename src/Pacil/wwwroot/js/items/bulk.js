// Changes all selected items with one request, after a dialog has shown a preview. Without this module the form leads
// to a page with the preview.

import { AjaxError, post, uniqueKey } from "../ajax.js";
import { as, isObject, list, numeric, object, optional, text } from "../ajax/shapes.js";
import { dialog, part } from "../core/dom.js";
import { validationError } from "../forms/field-validation.js";
import { chosen, choose } from "./select.js";
import { isolated, number, t, whole } from "../core/texts.js";
import { toast, toastError } from "../core/toast.js";
import { done } from "../core/undo.js";

const MENTIONED_MAX = 3;
const FLAGS = ["low", "archived", "starred"];

/** @typedef {{ id: number, name: string, code: string, available?: number }} Refusal */
/**
 * @typedef {object} Preview
 * @property {number} count
 * @property {number} changed
 * @property {string[]} names
 * @property {Refusal[]} refused
 * @property {number} refused_count
 * @property {string} fingerprint
 */
/** @type {import("../ajax/shapes.js").Shape<Preview>} */
const previewed = object({
  count: numeric, changed: numeric, names: list(text), refused_count: numeric, fingerprint: text,
  refused: list(object({ id: numeric, name: text, code: text, available: optional(numeric) })),
});

export function mountBulk() {
  if (!dialog("bulk-preview")) return;
  /** Sends the change that the dialog previews. */
  let confirmed = async () => {};
  const preview = async (/** @type {HTMLFormElement} */ form) => {
    confirmed = (await ask(form, preview)) ?? confirmed;
  };
  document.addEventListener("submit", (event) => {
    const form = /** @type {HTMLFormElement} */ (event.target);
    if (!form.matches("[data-bulk]")) return;
    event.preventDefault();
    preview(form).catch(toastError);
  });
  document.addEventListener("change", (event) => {
    const select = /** @type {HTMLSelectElement} */ (event.target);
    if (select.matches("[data-bulk] [name=change]")) offer(select);
  });
  asked("confirm").addEventListener("click", () => confirmed().catch(toastError));
}

/** @param {HTMLSelectElement} select */
function offer(select) {
  const value = /** @type {HTMLInputElement | null} */ (select.form?.elements.namedItem("value"));
  if (!value) return;
  value.hidden = /archive|restore/.test(select.value);
  value.required = /take|receive/.test(select.value);
  value.dataset.min = value.required ? "1" : "0";
}

/**
 * Shows a preview of the change.
 * @param {HTMLFormElement} form @param {(form: HTMLFormElement) => Promise<void>} again shows a new preview
 * @returns sends the change; undefined if the form is invalid
 */
async function ask(form, again) {
  const field = /** @type {HTMLInputElement | null} */ (form.elements.namedItem("value"));
  const wrong = field && !field.hidden && validationError(field);
  if (wrong) {
    field.focus();
    toast(wrong);
    return undefined;
  }
  const address = form.dataset.bulk ?? "";
  const body = bodyOf(form);
  const preview = as(previewed, await post(address, { ...body, preview: true }, { key: null }));
  show(preview, questionOf(form, preview.count));
  if (!dialog("bulk-preview").open) dialog("bulk-preview").showModal();
  const key = uniqueKey();
  return async () => {
    try {
      const answer = await post(address, { ...body, fingerprint: preview.fingerprint }, { key });
      dialog("bulk-preview").close();
      choose([]);
      done(t("js.bulk.done"), address.replace(/\/bulk$/, ""), answer);
    } catch (error) {
      toastError(error);
      // The filter no longer matches the same items, so the dialog shows a new preview.
      if (error instanceof AjaxError && error.code === "other_items") await again(form);
    }
  };
}

/** @param {HTMLFormElement} form */
function bodyOf(form) {
  const fields = new FormData(form);
  const value = fields.get("value") ? whole(String(fields.get("value"))) : null;
  const change = {
    take: { delta: -Number(value) },
    receive: { delta: Number(value) },
    threshold: { threshold: value },
    archive: { archived: true },
    restore: { archived: false },
  }[String(fields.get("change"))];
  if (!fields.has("all")) return { ids: chosen(), change };
  /** @type {Record<string, FormDataEntryValue | boolean | null>} */
  const filter = { search: fields.get("search") };
  for (const name of FLAGS) filter[name] = fields.has(name);
  return { filter, change };
}

/** @param {HTMLFormElement} form @param {number} count */
function questionOf(form, count) {
  const fields = new FormData(form);
  const [change, value] = [String(fields.get("change")), String(fields.get("value") ?? "")];
  const key = change === "threshold" && value === "" ? "threshold_none" : change;
  return t(`js.bulk.${key}`, number(whole(value)), number(count));
}

/** @param {Preview} preview @param {string} question */
function show({ count, changed, names, refused, refused_count }, question) {
  const more = count > names.length ? t("js.bulk.and_more", number(count - names.length)) : "";
  const mentioned = refused.slice(0, MENTIONED_MAX)
    .map(({ code, name, available }) => t(`js.bulk.refused.${code}`, name, number(available ?? 0))).join(", ");
  asked("question").textContent = question;
  asked("names").textContent = names.map(isolated).join(", ") + more;
  asked("same").textContent = changed < count ? t("js.bulk.same", number(count - changed)) : "";
  asked("refused").hidden = refused_count === 0;
  asked("refused").textContent = t("js.bulk.refused", number(refused_count), mentioned);
  asked("confirm").hidden = refused_count > 0;
}

/** @param {string} name @returns {HTMLElement} */
const asked = (name) => part(dialog("bulk-preview"), name);
