// Brings the page to life; see each module for what the page does without it.

import { mountCopy } from "./copy.js";
import { mountBulk } from "./bulk.js";
import { mountBell } from "./bell.js";
import { mountDialogs } from "./dialogs.js";
import { mountDrafts } from "./drafts.js";
import { mountForms } from "./forms.js";
import { mountItemPage } from "./item-page.js";
import { mountItems } from "./items.js";
import { mountList, reload } from "./list.js";
import { mountLive } from "./live.js";
import { mountMembers } from "./members.js";
import { mountLog } from "./log.js";
import { mountFeed } from "./page-feed.js";
import { mountNotifications } from "./notifications.js";
import { mountOffline } from "./offline.js";
import { mountOutbox } from "./outbox.js";
import { mountPending } from "./pending.js";
import { mountPeople } from "./people.js";
import { mountPresence } from "./presence.js";
import { mountRooms } from "./rooms.js";
import { mountSelect } from "./select.js";
import { mountSheet } from "./sheet.js";
import { mountStars } from "./stars.js";
import { mountSuggest } from "./suggest.js";
import { mountTalk } from "./talk.js";
import { toastError } from "./toast.js";
import { mountWaiting } from "./waiting.js";

document.addEventListener("ajax:busy", () => (document.documentElement.dataset.busy = ""));
document.addEventListener("ajax:idle", () => delete document.documentElement.dataset.busy);

mountForms(document);
mountDrafts();
mountDialogs();
mountCopy();
mountItems();
mountItemPage();
mountSheet();
mountStars();
mountSelect();
mountBulk();
mountList();
mountSuggest();
// Before what takes entries: what waits is confirmed by them.
mountWaiting();
mountPending();
mountOutbox();
mountLive(reload);
mountMembers();
mountBell();
mountNotifications();
mountLog();
mountTalk();
mountRooms();
mountPeople();
mountFeed();
mountPresence();
mountOffline();

document.addEventListener("keydown", (event) => {
  const target = /** @type {Element} */ (event.target);
  // A dialog that has just closed keeps the focus inside until the next frame.
  const isTyping = target.checkVisibility() && target.closest("input, textarea, select, dialog[open]");
  if (isTyping || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "/") find("[type=search]")?.focus();
  else if (event.key === "n") find("[data-dialog=create]")?.click();
  else return;
  event.preventDefault();
});

/** @param {string} selector @returns {HTMLElement | null} */
const find = (selector) => document.querySelector(selector);

addEventListener("unhandledrejection", (event) => toastError(event.reason));
