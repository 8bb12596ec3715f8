// Shows messages that screen readers announce. Without JavaScript the server renders its messages in #toasts.

import { AjaxError } from "../ajax/ajax-error.js";
import { t } from "./texts.js";

const SHOWN_MS = 8_000;

/** @typedef {{ text: string, act: () => Promise<unknown> }} Offer */

/** @param {string} message @param {Offer} [offer] */
export function toast(message, offer) {
  const line = document.createElement("p");
  line.textContent = message;
  const box = document.createElement("div");
  box.className = "toast";
  box.append(line);
  if (offer) box.append(button(box, offer));
  bringForward();
  document.querySelector("#toasts")?.replaceChildren(box);
  keepWhileNeeded(box);
}

/** Moves the toasts into an open modal dialog, because the dialog would cover them and block clicks on them. */
function bringForward() {
  const floats = document.querySelector(".floats");
  const open = [...document.querySelectorAll("dialog[open]")].at(-1);
  if (!floats || !open || floats.parentElement === open) return;
  open.append(floats);
  open.addEventListener("close", () => document.body.append(floats), { once: true });
}

/** @param {unknown} error */
export function toastError(error) {
  if (error instanceof DOMException && error.name === "AbortError") return;
  if (!(error instanceof AjaxError)) return toast(t("js.unexpected", String(error)));
  const { problem, status, message } = error;
  // The trace id identifies the error in the server's log.
  toast(status >= 500 && problem?.trace_id ? `${message} (${problem.trace_id})` : message);
}

/** @param {HTMLElement} box @param {Offer} offer */
function button(box, { text, act }) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "undo";
  made.textContent = text;
  made.addEventListener("click", () => {
    box.remove();
    act().catch(toastError);
  });
  return made;
}

/** Removes the toast after SHOWN_MS, but not while it has the pointer or the focus. @param {HTMLElement} box */
function keepWhileNeeded(box) {
  const leave = () => (box.matches(":hover, :focus-within") ? setTimeout(leave, SHOWN_MS) : box.remove());
  setTimeout(leave, SHOWN_MS);
}
