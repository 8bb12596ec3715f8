import { changeMeanwhile, settle } from "../forms/conflict.js";
import { AjaxError } from "../ajax.js";
import { as, message as messageShape } from "../ajax/shapes.js";
import { clone, part } from "../core/dom.js";
import { listen } from "../core/events.js";
import { mountForms } from "../forms/forms.js";
import { messageNodes } from "./message-parts.js";
import { t } from "../core/texts.js";

/** @typedef {import("../core/types.js").Message} Message */
/** @typedef {Pick<Message, "id" | "text" | "author" | "created_by" | "created_at" | "version">} Said */

/** @param {Said} message @param {HTMLElement} talk */
export function show({ id, text, author, created_by, created_at, version }, talk) {
  if (document.getElementById(`message-${id}`) || talk.dataset.past) return;
  const row = clone("message");
  row.id = `message-${id}`;
  [row.dataset.by, row.dataset.version] = [String(created_by), String(version)];
  part(row, "author").textContent = author;
  part(row, "text").replaceChildren(...messageNodes(text));
  part(row, "at").setAttribute("datetime", created_at);
  part(row, "at").textContent = t("js.now");
  point(part(row, "edit"), "href", /edit=.*/, `edit=${id}#message-${id}`);
  point(part(row, "delete"), "formaction", "//delete", `/${id}/delete`);
  const { role, account } = document.documentElement.dataset;
  const isMine = String(created_by) === account;
  /** @type {HTMLElement} */ (row.querySelector(".acts")).hidden = !isMine && role !== "manager" && role !== "owner";
  const list = /** @type {HTMLElement} */ (talk.querySelector(".said"));
  list.insertBefore(row, [...list.children].find((other) => idOf(other) > id) ?? null);
  part(talk, "silent").hidden = true;
}

/**
 * @param {HTMLElement} row @param {string} text @param {number} version
 * @param {string} [who] the name of the person who has edited the message; empty if it is the user
 */
export function change(row, text, version, who = "") {
  if (Number(row.dataset.version) >= version) return;
  row.dataset.version = String(version);
  const form = /** @type {HTMLFormElement | null} */ (row.querySelector("form[data-api]"));
  if (form) {
    form.dataset.version = String(version);
    changeMeanwhile(form, "text", text, who);
  }
  part(row, "text").replaceChildren(...messageNodes(text));
  part(row, "edited").hidden = false;
}

/** @param {HTMLElement} row @param {number} version */
export function forget(row, version) {
  row.dataset.version = String(version);
  row.classList.add("deleted");
  row.querySelector("form")?.remove();
  part(row, "text").hidden = false;
  part(row, "text").textContent = t("js.chat.deleted");
  part(row, "edited").hidden = true;
  /** @type {HTMLElement} */ (row.querySelector(".acts")).hidden = true;
}

/** @param {HTMLElement} row @param {string} api */
export function edit(row, api) {
  if (row.querySelector("form")) return;
  const form = /** @type {HTMLFormElement} */ (clone("message-edit"));
  const field = /** @type {HTMLTextAreaElement} */ (form.elements.namedItem("text"));
  field.value = part(row, "text").textContent ?? "";
  field.id = `edit-${idOf(row)}`;
  form.querySelector("label")?.setAttribute("for", field.id);
  form.dataset.api = api;
  field.dataset.seen = field.value;
  form.dataset.version = row.dataset.version;
  part(row, "text").hidden = true;
  part(row, "text").after(form);
  mountForms(row);
  listen("form:done", (answer) => {
    const { text, version } = as(messageShape, answer);
    stopEditing(row);
    change(row, text, version);
  }, form);
  listen("form:refused", ({ error }, event) => {
    if (!(error instanceof AjaxError && error.problem?.code === "version_conflict")) return;
    event.preventDefault();
    settle(form, error.problem);
  }, form);
  field.focus();
}

/** @param {HTMLElement} row */
export function stopEditing(row) {
  row.querySelector("form")?.remove();
  part(row, "text").hidden = false;
  part(row, "edit").focus();
}

/** @param {Element} row */
export const idOf = (row) => Number(row.id.replace("message-", ""));

/** @param {Element} element @param {string} name @param {string | RegExp} from @param {string} to */
const point = (element, name, from, to) =>
  element.setAttribute(name, (element.getAttribute(name) ?? "").replace(from, to));
