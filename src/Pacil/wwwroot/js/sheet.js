// The dialog of one item: take or receive some, change what is written about it, archive it. It has the address of the
// item's own page, to which its name leads without scripts, and which does the same.

import { get } from "./ajax.js";
import { compare, follow, settle } from "./conflict.js";
import { detail, dialog, part } from "./dom.js";
import { moved } from "./items.js";
import { openSheet, what } from "./open-sheet.js";
import { deliver } from "./outbox.js";
import { mark, rowOf } from "./rows.js";
import { t } from "./texts.js";
import { toast, toastError } from "./toast.js";
import { done } from "./undo.js";

export function mountSheet() {
  if (!dialog("sheet")) return;
  const sheet = dialog("sheet");
  const edit = /** @type {HTMLFormElement} */ (sheet.querySelector("[data-edit]"));
  const movement = /** @type {HTMLFormElement} */ (sheet.querySelector("[data-movement]"));
  // Of what is answered, the dialog may show another by now.
  let sent = what;
  for (const form of [edit, movement]) {
    form.addEventListener("form:values", () => (sent = what));
    for (const name of ["form:done", "form:kept"]) form.addEventListener(name, () => sent === what && sheet.close());
    form.addEventListener("form:refused", (event) => {
      const { error } = detail(event);
      if (sent === what && error.code !== "version_conflict") return;
      event.preventDefault();
      if (sent === what) settle(edit, error.problem);
      else toastError(error);
    });
  }
  edit.addEventListener("form:values", (event) => {
    onlyChanges(event, edit);
    const values = detail(event);
    const version = Number(edit.dataset.version?.replaceAll('"', "")) || null;
    values.send = () => deliver({ ...what, kind: "change", body: values.body, version });
  });
  movement.addEventListener("form:values", (event) => {
    const values = detail(event);
    const { quantity, ...body } = values.body;
    body.delta = quantity * Number(values.submitter?.value ?? 1);
    values.send = () => deliver({ ...what, kind: "move", body });
  });
  edit.addEventListener("form:done", (event) => {
    const item = detail(event);
    mark(rowOf(item.id));
    done(t("js.saved", item.name), what.items, item);
  });
  movement.addEventListener("form:done", (event) => moved(detail(event), sent));
  addEventListener("popstate", () => {
    const row = history.state?.item && rowOf(history.state.item);
    if (row) openSheet(row, what.items, false);
    else if (history.state?.item) location.reload();
    else sheet.close();
  });
  sheet.addEventListener("close", () => history.state?.item && history.back());
  document.addEventListener("feed:entry", (event) => {
    if (sheet.open) changed(detail(event), edit);
  });
  document.addEventListener("feed:reset", () => {
    if (sheet.open) get(edit.dataset.api ?? "").then((item) => compare(edit, item), () => sheet.close());
  });
  sheet.querySelector("[data-archive]")?.addEventListener("click", () => archive().catch(toastError));
}

/**
 * What nobody touched is not sent, so that it overwrites nobody's.
 * @param {Event} event @param {HTMLFormElement} edit
 */
function onlyChanges(event, edit) {
  const { body } = detail(event);
  for (const name of Object.keys(body)) {
    const { value, dataset } = /** @type {HTMLInputElement} */ (edit.elements.namedItem(name));
    if (value === dataset.seen) delete body[name];
  }
  if (Object.keys(body).length > 0) return;
  event.preventDefault();
  dialog("sheet").close();
  toast(t("js.nothing_changed"));
}

/** @param {import("./types.js").Entry} entry @param {HTMLFormElement} edit */
function changed(entry, edit) {
  if (!edit.dataset.api?.endsWith(`/items/${entry.subject.id}`) || entry.subject.type !== "item") return;
  if (entry.version <= Number(edit.dataset.version?.replaceAll('"', ""))) return;
  edit.dataset.version = `"${entry.version}"`;
  follow(edit, entry);
  if (entry.kind === "item_changed" && entry.data.name) part(dialog("sheet"), "title").textContent = entry.data.name.to;
  if (entry.kind === "item_archived") toast(t("js.feed.archived", entry.actor.name));
}

async function archive() {
  const archived = await deliver({ ...what, kind: "archive" });
  dialog("sheet").close();
  if (archived) done(archived.message, what.items, archived);
}
