// The tabs of an item, on its page and in its dialog. A panel is fetched when the user first opens its tab, and is not
// fetched again while the item is shown. Each tab has its own URL. Without this module the tabs are links.

import { page } from "../ajax.js";
import { mountDrafts } from "../forms/drafts.js";
import { mountForms } from "../forms/forms.js";
import { mountItemPage } from "../items/item-page.js";
import { mountLog } from "../feed/log.js";
import { mountTalk } from "../chat/talk.js";
import { toastError } from "./toast.js";

export function mountTabs() {
  document.addEventListener("click", (event) => {
    const target = /** @type {Element} */ (event.target);
    const link = /** @type {HTMLAnchorElement | null} */ (target.closest("[data-tab]"));
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    openTab(link).catch(toastError);
  });
}

/** @param {HTMLAnchorElement} link */
async function openTab(link) {
  const tabs = /** @type {HTMLElement} */ (link.closest("[data-tabs]"));
  const before = /** @type {HTMLAnchorElement} */ (tabs.querySelector("[data-tab][aria-current]"));
  const name = link.dataset.tab ?? "";
  const known = panelOf(tabs, name);
  const panel = known ?? skeleton(tabs, name);
  show(tabs, link);
  history.replaceState(history.state, "", link.href);
  if (known) return;
  try {
    const fetched = /** @type {HTMLElement} */ ((await page(link.href)).querySelector("[data-panel]"));
    if (!panel.isConnected) return;
    fetched.hidden = panel.hidden;
    panel.replaceWith(fetched);
    for (const mount of [mountForms, mountDrafts, mountItemPage, mountLog, mountTalk]) mount(fetched);
  } catch (error) {
    panel.remove();
    if (link.matches("[aria-current]")) openTab(before);
    throw error;
  }
}

/** @param {HTMLElement} tabs @param {string} path */
export function resetTabs(tabs, path) {
  const [first, ...others] = /** @type {NodeListOf<HTMLAnchorElement>} */ (tabs.querySelectorAll("[data-tab]"));
  first.href = path;
  for (const link of others) {
    link.href = `${path}?tab=${link.dataset.tab}`;
    panelOf(tabs, link.dataset.tab ?? "")?.remove();
  }
  show(tabs, first);
}

/** @param {HTMLElement} tabs @param {HTMLAnchorElement} link */
function show(tabs, link) {
  for (const panel of /** @type {NodeListOf<HTMLElement>} */ (tabs.querySelectorAll("[data-panel]")))
    panel.hidden = panel.dataset.panel !== link.dataset.tab;
  tabs.querySelector("[aria-current]")?.removeAttribute("aria-current");
  link.setAttribute("aria-current", "page");
}

/** @param {HTMLElement} tabs @param {string} name @returns {HTMLElement | null} */
const panelOf = (tabs, name) => tabs.querySelector(`[data-panel="${name}"]`);

/** @param {HTMLElement} tabs @param {string} name */
function skeleton(tabs, name) {
  const panel = document.createElement("div");
  panel.dataset.panel = name;
  panel.ariaBusy = "true";
  tabs.append(panel);
  return panel;
}
