// Starts every module. The header of each says what the page does without it.

import { mountCopy } from "./copy.js";
import { mountBulk } from "./bulk.js";
import { mountBell } from "./bell.js";
import { mountDialogs } from "./dom.js";
import { mountDrafts } from "./drafts.js";
import { mountForms } from "./forms.js";
import { mountItemPage } from "./item-page.js";
import { mountTabs } from "./tabs.js";
import { mountItems } from "./items.js";
import { mountKeys } from "./keys.js";
import { mountList, reload } from "./list.js";
import { mountLiveList } from "./live-list.js";
import { mountMembers } from "./members.js";
import { mountLog } from "./log.js";
import { mountPageFeed } from "./page-feed.js";
import { mountNotifications } from "./notifications.js";
import { mountOffline } from "./offline.js";
import { mountOutbox } from "./outbox.js";
import { mountOptimisticRows } from "./optimistic-rows.js";
import { mountPeopleLive } from "./people-live.js";
import { mountPeople } from "./people.js";
import { mountPresence } from "./presence.js";
import { mountRooms } from "./rooms.js";
import { mountSelect } from "./select.js";
import { mountItemDialog } from "./item-dialog.js";
import { mountStars } from "./stars.js";
import { mountSuggest } from "./suggest.js";
import { mountTalk } from "./talk.js";
import { toastError } from "./toast.js";
import { mountOutboxDialog } from "./outbox-dialog.js";

document.addEventListener("ajax:busy", () => (document.documentElement.dataset.busy = ""));
document.addEventListener("ajax:idle", () => delete document.documentElement.dataset.busy);

mountForms(document);
mountDrafts(document);
mountDialogs();
mountCopy();
mountItems();
mountItemPage(document);
mountTabs();
mountItemDialog();
mountStars();
mountSelect();
mountBulk();
mountList();
mountSuggest();
// Before the modules that apply entries: an entry first confirms its pending operation.
mountOutboxDialog();
mountOptimisticRows();
mountOutbox();
mountLiveList(reload);
mountMembers();
mountBell();
mountNotifications();
mountLog(document);
mountTalk(document);
mountRooms();
mountPeople();
mountPeopleLive();
mountPageFeed();
mountPresence();
// Registration fails where the browser blocks storage.
mountOffline().catch(() => {});
mountKeys();

addEventListener("unhandledrejection", (event) => toastError(event.reason));
