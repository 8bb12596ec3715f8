// Shows the pending operations. A refused operation remains until the user sends it again or discards it. <form
// data-sign-out> warns about unsent operations, and deletes what this browser stores for the account.

import { clone, dialog, part } from "../core/dom.js";
import { listen } from "../core/events.js";
import { forgetDrafts } from "../forms/drafts.js";
import { change, discard, sendAnyway, list, send } from "./outbox.js";
import { forgetPages } from "../core/offline.js";
import { number, t } from "../core/texts.js";
import { toast, toastError } from "../core/toast.js";

/** The button that opens the dialog appears only if an operation is still pending after this time. */
const QUIET_MS = 1_000;

/** @typedef {import("./outbox-operations.js").Operation} Operation */

export function mountOutboxDialog() {
  const pill = /** @type {HTMLButtonElement | null} */ (document.querySelector("[data-outbox]"));
  if (!pill || !dialog("outbox")) return;
  let timer = 0;
  listen("outbox:changed", () => {
    clearTimeout(timer);
    const isUrgent = !pill.hidden || list().some(({ problem }) => problem);
    timer = window.setTimeout(() => show(pill), isUrgent ? 0 : QUIET_MS);
  });
  listen("outbox:kept", () => toast(t("js.outbox.kept")));
  listen("outbox:refused", (problem) => toast(t("js.outbox.refused", problem.detail)));
  pill.addEventListener("click", () => dialog("outbox").showModal());
  dialog("outbox").addEventListener("click", (event) => click(/** @type {Element} */ (event.target)));
  mountSignOut();
}

/** @param {HTMLButtonElement} pill */
function show(pill) {
  const all = list();
  const refused = all.filter(({ problem }) => problem).length;
  pill.hidden = all.length === 0;
  pill.classList.toggle("refused", refused > 0);
  pill.textContent = t(refused > 0 ? "js.outbox.choose" : "js.outbox.waiting", number(refused || all.length));
  const box = dialog("outbox");
  const focused = document.activeElement?.closest("li")?.dataset.key;
  box.querySelector("ol")?.replaceChildren(...all.map(row));
  /** @type {HTMLElement | null} */ (box.querySelector(`[data-key="${focused}"] [data-discard]`))?.focus();
  if (all.length === 0 && box.open) box.close();
}

/** @param {Operation} operation */
function row(operation) {
  const { key, problem } = operation;
  const made = clone("waiting");
  made.dataset.key = key;
  part(made, "what").textContent = sentence(operation);
  part(made, "why").textContent = problem ? [problem.detail, ...differences(operation)].join(" ") : "";
  part(made, "insist").hidden = !problem;
  const isConflict = problem?.code === "version_conflict";
  part(made, "insist").textContent = t(isConflict ? "js.outbox.mine" : "js.outbox.again");
  part(made, "discard").textContent = t(isConflict ? "js.outbox.theirs" : "js.outbox.discard");
  return made;
}

/** @param {Operation} operation */
function sentence({ kind, name, body }) {
  if (kind === "move")
    return t(`js.outbox.do_${body.delta < 0 ? "take" : "receive"}`, name, number(Math.abs(body.delta)));
  const fields = kind === "change" ? Object.keys(body).map((field) => t(`field.${field}`)).join(", ") : "";
  return t(`js.outbox.do_${kind}`, name, fields);
}

/** One line for each conflicting field, with the user's value and the server's value. @param {Operation} operation */
function differences({ body = {}, problem }) {
  const { differing = [], current = {} } = problem ?? {};
  return Object.keys(body)
    .filter((name) => differing.includes(name))
    .map((name) => t("js.outbox.differs", t(`field.${name}`), shown(body[name]), shown(current[name])));
}

/** @param {import("../core/types.js").Fields[string]} value */
const shown = (value) => String(value ?? "") || t("js.feed.empty");

/** @param {Element} target */
function click(target) {
  const key = target.closest("li")?.dataset.key ?? "";
  if (target.matches("[data-insist]")) sendAnyway(key).catch(toastError);
  else if (target.matches("[data-discard]")) discard(key).catch(toastError);
  else if (target.matches("[data-send]")) send();
}

function mountSignOut() {
  const form = /** @type {HTMLFormElement | null} */ (document.querySelector("form[data-sign-out]"));
  const warning = /** @type {HTMLElement | null | undefined} */ (form?.querySelector("[data-unsent]"));
  if (!form || !warning) return;
  listen("outbox:changed", () => {
    warning.hidden = list().length === 0;
    warning.textContent = t("js.outbox.lost", number(list().length));
  });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    await forget();
    form.submit();
  });
}

/** Deletes the account's drafts and outbox, and the cached pages, from this browser. */
async function forget() {
  forgetDrafts();
  await Promise.allSettled([change(() => []), forgetPages()]);
}
