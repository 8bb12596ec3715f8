// Applies changes of roles and members to the page. When the user's own role changes, the page immediately hides the
// controls that the new role does not allow (data-needs in roles.css).

import { clone, part } from "../core/dom.js";
import { dispatch, listen } from "../core/events.js";
import { isolated, t } from "../core/texts.js";
import { toast } from "../core/toast.js";

export function mountMembers() {
  listen("feed:entry", ({ kind, subject, data, actor }) => {
    if (kind === "workspace_changed" && "name" in data) rename(data.name);
    if (kind === "workspace_closed") become("viewer", t("js.members.closed", actor.name));
    if (kind === "workspace_reopened") location.reload();
    const isMe = String(subject.id) === document.documentElement.dataset.account;
    if (kind === "member_role_changed" && isMe) become(data.role.to, t("js.members.role", actor.name));
    if (!document.querySelector("#people")) return;
    if (kind === "member_role_changed") showRole(rowOf(subject.id), data.role.to);
    else if (kind === "member_removed") rowOf(subject.id)?.remove();
    else if (kind === "member_joined" && !rowOf(subject.id)) appear(subject.id, actor.name, data.role);
  });
}

/** @param {string} role @param {string} text */
function become(role, text) {
  document.documentElement.dataset.role = role;
  dispatch("role:changed");
  toast(text);
}

/** @param {{ from: string, to: string }} name */
function rename({ from, to }) {
  for (const place of document.querySelectorAll("title, [data-workspace-name]"))
    place.textContent = (place.textContent ?? "").replace(from, () => isolated(to));
}

/** @param {number} account */
const rowOf = (account) => document.getElementById(`member-${account}`);

/** @param {HTMLElement | null} row @param {string} role */
function showRole(row, role) {
  const select = row?.querySelector("select");
  if (select) select.value = role;
  const shown = row?.querySelector("[data-role-name]");
  if (shown) shown.textContent = roleText(role);
}

/** @param {number} account @param {string} name @param {string} role */
function appear(account, name, role) {
  const row = clone("member");
  row.id = `member-${account}`;
  part(row, "name").textContent = name;
  showRole(row, role);
  document.querySelector("#people .rows")?.append(row);
}

/** @param {string} role */
const roleText = (role) =>
  /** @type {HTMLTemplateElement} */ (document.getElementById("roles")).content
    .querySelector(`[data-role-text="${role}"]`)?.textContent ?? role;
