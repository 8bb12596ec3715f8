import { mountCopy } from "./core/copy.js";
import { mountBulk } from "./items/bulk.js";
import { mountBell } from "./feed/bell.js";
import { mountDialogs } from "./core/dom.js";
import { listen } from "./core/events.js";
import { mountDrafts } from "./forms/drafts.js";
import { mountForms } from "./forms/forms.js";
import { mountItemPage } from "./items/item-page.js";
import { mountTabs } from "./core/tabs.js";
import { mountItems } from "./items/items.js";
import { mountKeys } from "./core/keys.js";
import { mountList, reload } from "./items/list.js";
import { mountLiveList } from "./items/live-list.js";
import { mountMembers } from "./admin/members.js";
import { mountLog } from "./feed/log.js";
import { mountPageFeed } from "./feed/page-feed.js";
import { mountNotifications } from "./feed/notifications.js";
import { mountOffline } from "./core/offline.js";
import { mountOutbox } from "./outbox/outbox.js";
import { mountOptimisticRows } from "./outbox/optimistic-rows.js";
import { mountPeopleLive } from "./admin/people-live.js";
import { mountPeople } from "./admin/people.js";
import { mountPresence } from "./feed/presence.js";
import { mountRooms } from "./chat/rooms.js";
import { mountSelect } from "./items/select.js";
import { mountItemDialog } from "./items/item-dialog.js";
import { mountStars } from "./items/stars.js";
import { mountSuggest } from "./items/suggest.js";
import { mountTalk } from "./chat/talk.js";
import { toastError } from "./core/toast.js";
import { mountOutboxDialog } from "./outbox/outbox-dialog.js";

listen("ajax:busy", () => (document.documentElement.dataset.busy = ""));
listen("ajax:idle", () => delete document.documentElement.dataset.busy);

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
// The outbox is mounted before the live list, so that a feed entry confirms its pending operation before the list
// applies the entry.
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
// Registering the service worker fails if the browser blocks storage.
mountOffline().catch(() => {});
mountKeys();

addEventListener("unhandledrejection", (event) => toastError(event.reason));
