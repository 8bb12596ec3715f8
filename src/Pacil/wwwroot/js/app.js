// Brings the page to life; see each module for what the page does without it.

import { mountCopy } from "./copy.js";
import { mountBulk } from "./bulk.js";
import { mountBell } from "./bell.js";
import { mountDialogs } from "./dom.js";
import { mountDrafts } from "./drafts.js";
import { mountForms } from "./forms.js";
import { mountItemPage } from "./item-page.js";
import { mountTabs } from "./item-tabs.js";
import { mountItems } from "./items.js";
import { mountKeys } from "./keys.js";
import { mountList, reload } from "./list.js";
import { mountLive } from "./live.js";
import { mountMembers } from "./members.js";
import { mountLog } from "./log.js";
import { mountFeed } from "./page-feed.js";
import { mountNotifications } from "./notifications.js";
import { mountOffline } from "./offline.js";
import { mountOutbox } from "./outbox.js";
import { mountPending } from "./pending.js";
import { mountPeopleLive } from "./people-live.js";
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
mountDrafts(document);
mountDialogs();
mountCopy();
mountItems();
mountItemPage(document);
mountTabs();
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
mountLog(document);
mountTalk(document);
mountRooms();
mountPeople();
mountPeopleLive();
mountFeed();
mountPresence();
// A browser that keeps nothing lets no worker in.
mountOffline().catch(() => {});
mountKeys();

addEventListener("unhandledrejection", (event) => toastError(event.reason));
