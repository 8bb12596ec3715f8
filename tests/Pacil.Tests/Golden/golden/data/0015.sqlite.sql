-- Written by a test. Every secret in it is a test's.
CREATE TABLE meta (
  epoch text not null,
  schema integer not null
, registration text not null default 'open'
  check (registration in ('open', 'invitation', 'closed')), folding integer not null default 0, folded_item integer);
CREATE TABLE feed (
  id integer primary key,
  head integer not null default 0,
  mark integer not null default 0
, items integer not null default 0, pieces integer not null default 0, low integer not null default 0);
CREATE TABLE workspace (
  id integer primary key references feed (id),
  name text not null,
  created_at integer not null
, version integer not null default 1, archived_at integer);
CREATE TABLE session (
  key_hash blob primary key,
  account_id integer not null references account (id),
  security_stamp text not null,
  created_at integer not null,
  seen_at integer not null
) without rowid;
CREATE INDEX session_by_account on session (account_id);
CREATE INDEX session_by_seen on session (seen_at);
CREATE TABLE sign_in_failure (
  key blob primary key,
  count integer not null,
  last_at integer not null,
  locked_until integer not null
) without rowid;
CREATE INDEX sign_in_failure_by_last on sign_in_failure (last_at);
CREATE TABLE data_protection_key (
  id integer primary key,
  xml text not null
);
CREATE TABLE member (
  workspace_id integer not null references workspace (id),
  account_id integer not null references account (id),
  role integer not null check (role between 1 and 4),
  joined_at integer not null,
  primary key (workspace_id, account_id)
) without rowid;
CREATE INDEX member_by_account on member (account_id);
CREATE TABLE entry (
  feed_id integer not null references feed (id),
  seq integer not null,
  mark integer not null,
  at integer not null,
  actor_id integer references account (id),
  kind text not null,
  subject_type text not null,
  subject_id integer not null,
  version integer not null,
  key text,
  data text not null, items integer, pieces integer, low integer, group_id integer, undoes integer,
  primary key (feed_id, seq)
);
CREATE INDEX entry_by_subject on entry (feed_id, subject_type, subject_id, seq);
CREATE INDEX entry_by_key on entry (actor_id, key) where key is not null;
CREATE TABLE idempotency (
  account_id integer not null references account (id),
  key text not null,
  fingerprint blob not null,
  status integer not null,
  location text,
  etag text,
  body blob,
  at integer not null, encoding text, bytes integer not null default 400,
  primary key (account_id, key)
) without rowid;
CREATE TABLE place (
  id integer primary key,
  workspace_id integer not null references workspace (id),
  name text not null,
  is_default integer not null
);
CREATE UNIQUE INDEX place_default on place (workspace_id) where is_default = 1;
CREATE TABLE item (
  id integer primary key,
  workspace_id integer not null references workspace (id),
  name text not null,
  name_key text not null,
  description text not null,
  amount integer not null check (amount between 0 and 9007199254740991),
  unit text not null,
  threshold integer,
  search_text text not null,
  version integer not null,
  created_at integer not null,
  created_by integer not null references account (id),
  updated_at integer not null,
  updated_by integer not null references account (id),
  archived_at integer
);
CREATE INDEX item_by_created on item (workspace_id, id) where archived_at is null;
CREATE INDEX item_by_name on item (workspace_id, name_key, id) where archived_at is null;
CREATE INDEX item_by_amount on item (workspace_id, amount, id) where archived_at is null;
CREATE INDEX item_by_updated on item (workspace_id, updated_at, id) where archived_at is null;
CREATE INDEX item_low_by_created on item (workspace_id, id) where archived_at is null and amount <= threshold;
CREATE INDEX item_low_by_name on item (workspace_id, name_key, id) where archived_at is null and amount <= threshold;
CREATE INDEX item_low_by_amount on item (workspace_id, amount, id) where archived_at is null and amount <= threshold;
CREATE INDEX item_low_by_updated on item (workspace_id, updated_at, id)
  where archived_at is null and amount <= threshold;
CREATE INDEX item_archived_by_created on item (workspace_id, id) where archived_at is not null;
CREATE INDEX item_archived_by_name on item (workspace_id, name_key, id) where archived_at is not null;
CREATE INDEX item_archived_by_amount on item (workspace_id, amount, id) where archived_at is not null;
CREATE INDEX item_archived_by_updated on item (workspace_id, updated_at, id) where archived_at is not null;
CREATE TABLE balance (
  item_id integer not null references item (id),
  place_id integer not null references place (id),
  amount integer not null check (amount >= 0),
  primary key (item_id, place_id)
) without rowid;
CREATE TABLE movement (
  id integer primary key,
  item_id integer not null references item (id),
  place_id integer not null references place (id),
  delta integer not null,
  amount integer not null,
  version integer not null,
  reason text not null,
  note text not null,
  at integer not null,
  account_id integer not null references account (id)
);
CREATE INDEX movement_by_item on movement (item_id, id);
CREATE VIRTUAL TABLE item_search using fts5 (text, content = '', tokenize = 'trigram');
CREATE TRIGGER item_search_insert after insert on item begin
  insert into item_search (rowid, text) values (new.id, char(
    57344 + new.workspace_id / 36000000, 57344 + new.workspace_id / 6000 % 6000, 57344 + new.workspace_id % 6000
  ) || new.search_text);
end;
CREATE TRIGGER item_search_update after update of search_text on item when new.search_text <> old.search_text begin
  insert into item_search (item_search, rowid, text) values ('delete', old.id, char(
    57344 + old.workspace_id / 36000000, 57344 + old.workspace_id / 6000 % 6000, 57344 + old.workspace_id % 6000
  ) || old.search_text);
  insert into item_search (rowid, text) values (new.id, char(
    57344 + new.workspace_id / 36000000, 57344 + new.workspace_id / 6000 % 6000, 57344 + new.workspace_id % 6000
  ) || new.search_text);
end;
CREATE UNIQUE INDEX entry_by_undoes on entry (feed_id, undoes) where undoes is not null;
CREATE INDEX entry_by_group on entry (feed_id, group_id, seq) where group_id is not null;
CREATE INDEX entry_by_actor on entry (feed_id, actor_id, seq);
CREATE INDEX entry_by_kind on entry (feed_id, kind, seq);
CREATE TABLE notification_muted (
  account_id integer not null references account (id),
  choice text not null,
  primary key (account_id, choice)
) without rowid;
CREATE TABLE notification_due (
  feed_id integer not null,
  seq integer not null,
  primary key (feed_id, seq)
) without rowid;
CREATE TABLE room (
  id integer primary key,
  workspace_id integer not null references workspace (id),
  item_id integer unique references item (id),
  lobby integer not null default 0,
  name text not null,
  version integer not null default 1,
  latest integer not null default 0,
  created_at integer not null,
  archived_at integer
);
CREATE UNIQUE INDEX room_lobby on room (workspace_id) where lobby;
CREATE INDEX room_by_workspace on room (workspace_id, id);
CREATE INDEX room_by_latest on room (workspace_id, latest) where item_id is not null;
CREATE TABLE message (
  id integer primary key,
  room_id integer not null references room (id),
  text text not null,
  version integer not null default 1,
  created_at integer not null,
  created_by integer not null references account (id),
  edited_at integer,
  deleted_at integer
);
CREATE INDEX message_by_room on message (room_id, id);
CREATE INDEX message_by_author on message (created_by, created_at);
CREATE TABLE room_read (
  account_id integer not null references account (id),
  room_id integer not null references room (id),
  message_id integer not null,
  primary key (account_id, room_id)
) without rowid;
CREATE TABLE draft (
  account_id integer not null references account (id),
  form text not null,
  data text not null,
  saved_at integer not null, version integer not null default 1,
  primary key (account_id, form)
) without rowid;
CREATE INDEX draft_by_age on draft (saved_at);
CREATE TABLE star (
  account_id integer not null references account (id),
  workspace_id integer not null references workspace (id),
  item_id integer not null references item (id),
  primary key (account_id, workspace_id, item_id)
) without rowid;
CREATE TABLE sign_in_link (
  secret_hash blob primary key,
  account_id integer not null references account (id),
  security_stamp text not null,
  created_at integer not null,
  expires_at integer not null
) without rowid;
CREATE INDEX sign_in_link_by_account on sign_in_link (account_id);
CREATE INDEX idempotency_by_age on idempotency (account_id, at, bytes);
CREATE TABLE "api_token" (
  id integer primary key,
  account_id integer not null references account (id),
  name text not null,
  secret_hash blob not null unique,
  scope text not null check (scope in ('read', 'write', 'admin')),
  security_stamp text not null,
  created_at integer not null,
  expires_at integer,
  last_used_at integer
);
CREATE INDEX api_token_by_account on api_token (account_id, id);
CREATE TABLE account (
  id integer primary key,
  username text not null,
  username_key text not null unique,
  -- What is left of a name when all that looks alike is made one; null until somebody wants a new name.
  username_skeleton text,
  email text,
  email_key text,
  password_hash text not null,
  security_stamp text not null,
  language text,
  time_zone text not null,
  administrator integer not null default 0,
  inbox_id integer not null references feed (id),
  workspace_id integer not null references workspace (id),
  version integer not null,
  created_at integer not null,
  last_login_at integer,
  locked_at integer,
  erased_at integer
);
CREATE INDEX account_by_skeleton on account (username_skeleton);
CREATE TABLE block (
  account_id integer not null references account (id),
  blocked_id integer not null references account (id),
  at integer not null,
  primary key (account_id, blocked_id)
) without rowid;
CREATE INDEX block_by_blocked on block (blocked_id);
CREATE TABLE "invitation" (
  id integer primary key autoincrement,
  workspace_id integer not null references workspace (id),
  role integer not null check (role between 1 and 4),
  secret_hash blob unique,
  username text,
  username_key text,
  account_id integer references account (id),
  told_role integer,
  uses_left integer not null check (uses_left >= 0),
  expires_at integer not null,
  revoked_at integer,
  created_at integer not null,
  created_by integer not null references account (id)
);
CREATE INDEX invitation_by_workspace on invitation (workspace_id, id);
CREATE INDEX invitation_by_account on invitation (account_id) where account_id is not null;
CREATE INDEX invitation_by_name on invitation (workspace_id, username_key) where username_key is not null;
CREATE INDEX invitation_by_expiry on invitation (expires_at);
CREATE INDEX invitation_by_revocation on invitation (revoked_at) where revoked_at is not null;
CREATE TABLE "notification" (
  id integer primary key autoincrement,
  account_id integer not null references account (id),
  feed_id integer not null references feed (id),
  seq integer not null,
  count integer not null,
  kind text not null,
  actor_id integer references account (id),
  workspace_name text not null,
  at integer not null,
  read_at integer,
  unique (account_id, feed_id, seq)
);
CREATE INDEX notification_by_account on notification (account_id, id);
CREATE INDEX notification_unread on notification (account_id, id) where read_at is null;
CREATE INDEX notification_unread_by_actor on notification (account_id, actor_id, id) where read_at is null;
CREATE INDEX notification_by_entry on notification (feed_id, seq);
CREATE INDEX notification_by_read on notification (read_at) where read_at is not null;
CREATE INDEX item_by_beginning on item (workspace_id, substr(search_text, 1, 50)) where archived_at is null;
insert into meta values ('f8469422adba', 15, 'open', 1, null);
insert into feed values (1, 21, -2050000755, 0, 0, 0);
insert into feed values (2, 1, 1050762581, 1, 1, 0);
insert into feed values (3, 8, 1031981201, 0, 0, 0);
insert into feed values (4, 0, 0, 0, 0, 0);
insert into feed values (5, 6, -959046423, 0, 0, 0);
insert into feed values (6, 0, 0, 0, 0, 0);
insert into feed values (7, 12, -215499998, 0, 0, 0);
insert into feed values (8, 8, 1248055035, 1, 3, 0);
insert into feed values (9, 1, 1585933950, 0, 0, 0);
insert into feed values (10, 55, 746888432, 3, 11, 3);
insert into feed values (11, 0, 0, 0, 0, 0);
insert into feed values (12, 1, -1389915070, 0, 0, 0);
insert into workspace values (2, 'ana', 1795977717091, 1, null);
insert into workspace values (4, 'budi', 1795977717767, 1, null);
insert into workspace values (6, 'renée', 1795977717908, 1, null);
insert into workspace values (8, 'Dewi''s <shelf>', 1795977718146, 3, 1795977724979);
insert into workspace values (10, 'Lab <1> & "Étagère" ''Ü'' 😀', 1795977718566, 5, null);
insert into workspace values (11, 'eko', 1795977720487, 1, null);
insert into session values (x'0e91647a992e43695420eb2045aa43f2373b90d95d6aae7d2cb178facc55def6', 1, 'ojg8nSdQE5EB97laSL2HLjmWY8KgbYjL9REUFy8eDtw', 1795977717518, 1795977717518);
insert into session values (x'cfbcb7db1e210b093add887d95af8f7ea0fd925164d538a32a107d302d82dd84', 3, 'pGWMtDykOCA3osywT32yme--PRpSw1uENncAxA7qts0', 1795977718075, 1795977718075);
insert into session values (x'dbd448eaf3867a19f5f5214a5c30fe06a0e351852abd4b93fb07e14f107d215d', 2, 'ffq4RdSVXCUZo6m1euULzSahxxgHjxi0LZqBnzjj8O4', 1795977717839, 1795977717839);
insert into sign_in_failure values (x'1f8cd18e75fe41c732cee8757e0b13fbbb1a99ed1446eae689a602627430993c', 0, 1795977718046, 1795977718046);
insert into sign_in_failure values (x'35edf69b5fcce71443ef157de431fb8a435d99b106a5db0108ee72d6ee488a59', 0, 1795977717814, 1795977717814);
insert into sign_in_failure values (x'6d57f71b3efc614f7dcd330f787fcec5f5bd7e47cb7ba6175d118f6c0d5b6480', 0, 1795977718164, 1795977718164);
insert into sign_in_failure values (x'75edc1238d1b473c563736d33e04033e6a5dae20cd57b11e7892332bd6ecbf7c', 0, 1795977717416, 1795977717416);
insert into data_protection_key values (1, '<key id="0a8a80f1-0796-4680-a565-9d6539359614" version="1"><creationDate>2026-11-29T18:41:54.6752073Z</creationDate><activationDate>2026-11-29T18:41:54.6752073Z</activationDate><expirationDate>2027-02-27T18:41:54.6752073Z</expirationDate><descriptor deserializerType="Microsoft.AspNetCore.DataProtection.AuthenticatedEncryption.ConfigurationModel.AuthenticatedEncryptorDescriptorDeserializer, Microsoft.AspNetCore.DataProtection, Version=10.0.0.0, Culture=neutral, PublicKeyToken=adb9793829ddae60"><descriptor><encryption algorithm="AES_256_CBC" /><validation algorithm="HMACSHA256" /><masterKey p4:requiresEncryption="true" xmlns:p4="http://schemas.asp.net/2015/03/dataProtection"><!-- Warning: the key below is in an unencrypted form. --><value>Q1f4Fh9ggIEhLLdwWisWhAsloYoaZqiunKZndol2QqsuqCaQPNjYTOUCYjP9G3nXTHwwG3FvCdf6k3WXwtFZyw==</value></masterKey></descriptor></descriptor></key>');
insert into member values (2, 1, 4, 1795977717091);
insert into member values (4, 2, 4, 1795977717767);
insert into member values (6, 3, 4, 1795977717908);
insert into member values (8, 1, 4, 1795977724826);
insert into member values (10, 1, 4, 1795977718566);
insert into member values (10, 2, 3, 1795977719547);
insert into member values (11, 5, 4, 1795977720487);
insert into entry values (1, 1, 1565705461, 1795977717091, null, 'account_created', 'account', 1, 1, null, '{}', null, null, null, null, null);
insert into entry values (1, 2, 1736036521, 1795977717767, null, 'account_created', 'account', 2, 1, null, '{}', null, null, null, null, null);
insert into entry values (1, 3, -697529053, 1795977717908, null, 'account_created', 'account', 3, 1, null, '{}', null, null, null, null, null);
insert into entry values (1, 4, -416511417, 1795977718146, null, 'account_created', 'account', 4, 1, null, '{}', null, null, null, null, null);
insert into entry values (10, 1, 1985644359, 1795977718566, 1, 'workspace_created', 'workspace', 10, 1, null, '{"name":"Lab \u003C1\u003E \u0026 \u0022Étagère\u0022 \u0027Ü\u0027 \uD83D\uDE00"}', null, null, null, null, null);
insert into entry values (10, 2, 965971376, 1795977719547, 2, 'member_joined', 'account', 2, 1, null, '{"role":"manager"}', null, null, null, null, null);
insert into entry values (10, 3, -1333043552, 1795977719642, 3, 'member_joined', 'account', 3, 1, null, '{"role":"editor"}', null, null, null, null, null);
insert into entry values (10, 4, 1704210387, 1795977719654, 1, 'member_invited', 'invitation', 3, 1, null, '{"redacted":true}', null, null, null, null, null);
insert into entry values (9, 1, 1585933950, 1795977719759, null, 'notification_added', 'notification', 1, 1, null, '{"redacted":true}', null, null, null, null, null);
insert into entry values (10, 5, 261762521, 1795977719954, 4, 'member_joined', 'account', 4, 1, null, '{"role":"viewer"}', null, null, null, null, null);
insert into entry values (10, 6, -324888591, 1795977720043, 1, 'member_role_changed', 'account', 3, 1, null, '{"role":{"from":"editor","to":"manager"}}', null, null, null, null, null);
insert into entry values (7, 1, 1120345556, 1795977720167, null, 'notification_added', 'notification', 2, 1, null, '{"kind":"member_role_changed","workspace":10,"entry":6,"unread":1}', null, null, null, null, null);
insert into entry values (10, 7, -1396384203, 1795977720191, 1, 'member_role_changed', 'account', 3, 1, null, '{"role":{"from":"manager","to":"editor"}}', null, null, null, null, null);
insert into entry values (7, 2, -594866265, 1795977720228, null, 'notification_added', 'notification', 3, 1, null, '{"kind":"member_role_changed","workspace":10,"entry":7,"unread":2}', null, null, null, null, null);
insert into entry values (10, 8, -693928846, 1795977720263, 1, 'workspace_changed', 'workspace', 10, 2, null, '{"name":{"from":"Lab \u003C1\u003E \u0026 \u0022Étagère\u0022 \u0027Ü\u0027 \uD83D\uDE00","to":"Other name"}}', null, null, null, null, null);
insert into entry values (10, 9, 1832752770, 1795977720327, 1, 'workspace_changed', 'workspace', 10, 3, null, '{"name":{"from":"Other name","to":"Lab \u003C1\u003E \u0026 \u0022Étagère\u0022 \u0027Ü\u0027 \uD83D\uDE00"}}', null, null, null, null, null);
insert into entry values (10, 10, -136952038, 1795977720374, 1, 'workspace_closed', 'workspace', 10, 4, null, '{}', null, null, null, null, null);
insert into entry values (10, 11, -259642263, 1795977720419, 1, 'workspace_reopened', 'workspace', 10, 5, null, '{}', null, null, null, null, null);
insert into entry values (1, 5, -1576529687, 1795977720487, 1, 'account_created', 'account', 5, 1, null, '{}', null, null, null, 5, null);
insert into entry values (1, 6, 1237269939, 1795977720487, 1, 'sign_in_link_created', 'account', 5, 1, null, '{}', null, null, null, 5, null);
insert into entry values (1, 7, 510995034, 1795977720563, 1, 'account_promoted', 'account', 5, 2, null, '{}', null, null, null, null, null);
insert into entry values (1, 8, 1549564326, 1795977720627, 1, 'account_demoted', 'account', 5, 3, null, '{}', null, null, null, null, null);
insert into entry values (1, 9, -1192217021, 1795977720653, 1, 'account_locked', 'account', 5, 4, null, '{}', null, null, null, null, null);
insert into entry values (1, 10, 208267570, 1795977720661, 1, 'account_unlocked', 'account', 5, 5, null, '{}', null, null, null, null, null);
insert into entry values (1, 11, -1027124604, 1795977720683, 1, 'account_signed_out', 'account', 5, 6, null, '{}', null, null, null, null, null);
insert into entry values (1, 12, -718388365, 1795977720708, 1, 'sign_in_link_created', 'account', 5, 6, null, '{}', null, null, null, null, null);
insert into entry values (1, 13, -74082367, 1795977720761, 2, 'account_changed', 'account', 2, 2, null, '{"fields":["email","language","time_zone"]}', null, null, null, null, null);
insert into entry values (1, 14, 1345389517, 1795977720775, 1, 'registration_changed', 'registration', 1, 1, null, '{"to":"invitation"}', null, null, null, null, null);
insert into entry values (1, 15, 389643054, 1795977720786, 1, 'registration_changed', 'registration', 1, 1, null, '{"to":"open"}', null, null, null, null, null);
insert into entry values (1, 16, -137378391, 1795977720798, 1, 'token_created', 'token', 1, 1, null, '{}', null, null, null, null, null);
insert into entry values (1, 17, -1062905343, 1795977720832, 1, 'token_created', 'token', 2, 1, null, '{}', null, null, null, null, null);
insert into entry values (1, 18, -1712745708, 1795977720853, 1, 'token_revoked', 'token', 1, 2, null, '{}', null, null, null, null, null);
insert into entry values (10, 12, -793224942, 1795977720871, 1, 'item_created', 'item', 1, 1, 'story-1', '{"id":1,"name":"Étagère \u003C80 cm\u003E \u0026 \u0022more\u0022 \u0027it\u0027 \uD83D\uDE00","description":"one\ntwo\t\u003Cb\u003Ethree\u003C/b\u003E \u0026 \u0027four\u0027","amount":25,"unit":"pcs","threshold":5,"version":1,"created_at":"2026-11-29T18:42:00.871Z","created_by":1,"updated_at":"2026-11-29T18:42:00.871Z","updated_by":1,"archived_at":null}', 1, 25, 0, null, null);
insert into entry values (10, 13, -634454676, 1795977721025, 1, 'item_changed', 'item', 1, 2, 'story-2', '{"name":{"from":"Étagère \u003C80 cm\u003E \u0026 \u0022more\u0022 \u0027it\u0027 \uD83D\uDE00","to":"Shelf"},"unit":{"from":"pcs","to":"m²"}}', null, null, null, null, null);
insert into entry values (10, 14, 1480288378, 1795977721198, 1, 'item_changed', 'item', 1, 3, null, '{"name":{"from":"Shelf","to":"Étagère \u003C80 cm\u003E \u0026 \u0022more\u0022 \u0027it\u0027 \uD83D\uDE00"},"threshold":{"from":5,"to":null}}', null, null, null, null, null);
insert into entry values (10, 15, 646000919, 1795977721307, 1, 'item_changed', 'item', 1, 4, null, '{"description":{"from":"one\ntwo\t\u003Cb\u003Ethree\u003C/b\u003E \u0026 \u0027four\u0027","to":"one"},"unit":{"from":"m²","to":"pcs"},"threshold":{"from":null,"to":5}}', null, null, null, 15, null);
insert into entry values (10, 16, 670360121, 1795977721307, 1, 'stock_moved', 'item', 1, 5, null, '{"movement":{"id":2,"item":1,"place":5,"delta":5,"reason":"counted","note":"","amount":30,"version":5,"at":"2026-11-29T18:42:01.307Z","by":1},"amount":30}', 1, 30, 0, 15, null);
insert into entry values (10, 17, 1527380711, 1795977721395, 2, 'stock_moved', 'item', 1, 6, null, '{"movement":{"id":3,"item":1,"place":5,"delta":-26,"reason":"taken","note":"O\u0027Brien \u003Ctook\u003E \u0026 \u0022left\u0022 \uD83D\uDE00","amount":4,"version":6,"at":"2026-11-29T18:42:01.395Z","by":2},"amount":4}', null, null, null, null, null);
insert into entry values (10, 18, -1654233526, 1795977721395, 2, 'stock_low', 'item', 1, 6, null, '{"amount":4}', 1, 4, 1, null, null);
insert into entry values (3, 1, 1869817782, 1795977721409, null, 'notification_added', 'notification', 4, 1, null, '{"kind":"stock_low","workspace":10,"entry":18,"unread":1}', null, null, null, null, null);
insert into entry values (7, 3, -923216094, 1795977721409, null, 'notification_added', 'notification', 5, 1, null, '{"kind":"stock_low","workspace":10,"entry":18,"unread":3}', null, null, null, null, null);
insert into entry values (10, 19, 1811061124, 1795977721442, 2, 'stock_moved', 'item', 1, 7, null, '{"movement":{"id":4,"item":1,"place":5,"delta":10,"reason":"corrected","note":"","amount":14,"version":7,"at":"2026-11-29T18:42:01.442Z","by":2},"amount":14}', null, null, null, null, null);
insert into entry values (10, 20, 602697506, 1795977721442, 2, 'stock_recovered', 'item', 1, 7, null, '{"amount":14}', 1, 14, 0, null, null);
insert into entry values (3, 2, -743287587, 1795977721462, null, 'notification_added', 'notification', 6, 1, null, '{"kind":"stock_recovered","workspace":10,"entry":20,"unread":2}', null, null, null, null, null);
insert into entry values (7, 4, 2042540950, 1795977721462, null, 'notification_added', 'notification', 7, 1, null, '{"kind":"stock_recovered","workspace":10,"entry":20,"unread":4}', null, null, null, null, null);
insert into entry values (10, 21, 176336361, 1795977721510, 2, 'item_archived', 'item', 1, 8, null, '{"id":1,"name":"Étagère \u003C80 cm\u003E \u0026 \u0022more\u0022 \u0027it\u0027 \uD83D\uDE00","description":"one","amount":14,"unit":"pcs","threshold":5,"version":8,"created_at":"2026-11-29T18:42:00.871Z","created_by":1,"updated_at":"2026-11-29T18:42:01.510Z","updated_by":2,"archived_at":"2026-11-29T18:42:01.510Z"}', 0, 0, 0, null, null);
insert into entry values (10, 22, -609048937, 1795977721577, 2, 'item_restored', 'item', 1, 9, null, '{"id":1,"name":"Étagère \u003C80 cm\u003E \u0026 \u0022more\u0022 \u0027it\u0027 \uD83D\uDE00","description":"one","amount":14,"unit":"pcs","threshold":5,"version":9,"created_at":"2026-11-29T18:42:00.871Z","created_by":1,"updated_at":"2026-11-29T18:42:01.577Z","updated_by":2,"archived_at":null}', 1, 14, 0, null, null);
insert into entry values (10, 23, 2055139930, 1795977721806, 1, 'stock_moved', 'item', 1, 10, null, '{"movement":{"id":5,"item":1,"place":5,"delta":-10,"reason":"corrected","note":"","amount":4,"version":10,"at":"2026-11-29T18:42:01.806Z","by":1},"amount":4}', null, null, null, null, 19);
insert into entry values (10, 24, -1536390291, 1795977721806, 1, 'stock_low', 'item', 1, 10, null, '{"amount":4}', 1, 4, 1, null, null);
insert into entry values (5, 1, 1258343761, 1795977721830, null, 'notification_added', 'notification', 8, 1, null, '{"kind":"stock_low","workspace":10,"entry":24,"unread":1}', null, null, null, null, null);
insert into entry values (7, 5, 508912593, 1795977721830, null, 'notification_added', 'notification', 9, 1, null, '{"kind":"stock_low","workspace":10,"entry":24,"unread":5}', null, null, null, null, null);
insert into entry values (10, 25, -2037227899, 1795977722046, 1, 'item_created', 'item', 2, 1, null, '{"id":2,"name":"Bolt","description":"","amount":7,"unit":"","threshold":null,"version":1,"created_at":"2026-11-29T18:42:02.046Z","created_by":1,"updated_at":"2026-11-29T18:42:02.046Z","updated_by":1,"archived_at":null}', null, null, null, 25, null);
insert into entry values (10, 26, -927374330, 1795977722046, 1, 'item_created', 'item', 3, 1, null, '{"id":3,"name":"Nut \u0027n\u0027 \u003Cbolt\u003E","description":"","amount":9,"unit":"","threshold":null,"version":1,"created_at":"2026-11-29T18:42:02.046Z","created_by":1,"updated_at":"2026-11-29T18:42:02.046Z","updated_by":1,"archived_at":null}', 3, 20, 1, 25, null);
insert into entry values (10, 27, -754420774, 1795977722229, 1, 'stock_moved', 'item', 1, 11, null, '{"movement":{"id":8,"item":1,"place":5,"delta":2,"reason":"received","note":"Every \u003Cone\u003E","amount":6,"version":11,"at":"2026-11-29T18:42:02.229Z","by":1},"amount":6}', null, null, null, 27, null);
insert into entry values (10, 28, -2042426753, 1795977722229, 1, 'stock_recovered', 'item', 1, 11, null, '{"amount":6}', null, null, null, 27, null);
insert into entry values (10, 29, -139788197, 1795977722229, 1, 'stock_moved', 'item', 2, 2, null, '{"movement":{"id":9,"item":2,"place":5,"delta":2,"reason":"received","note":"Every \u003Cone\u003E","amount":9,"version":2,"at":"2026-11-29T18:42:02.229Z","by":1},"amount":9}', null, null, null, 27, null);
insert into entry values (10, 30, -860650018, 1795977722229, 1, 'stock_moved', 'item', 3, 2, null, '{"movement":{"id":10,"item":3,"place":5,"delta":2,"reason":"received","note":"Every \u003Cone\u003E","amount":11,"version":2,"at":"2026-11-29T18:42:02.229Z","by":1},"amount":11}', 3, 26, 0, 27, null);
insert into entry values (5, 2, 1510601813, 1795977722411, null, 'notification_added', 'notification', 10, 1, null, '{"kind":"stock_recovered","workspace":10,"entry":28,"unread":2}', null, null, null, null, null);
insert into entry values (7, 6, 193233839, 1795977722411, null, 'notification_added', 'notification', 11, 1, null, '{"kind":"stock_recovered","workspace":10,"entry":28,"unread":6}', null, null, null, null, null);
insert into entry values (10, 31, -697483691, 1795977722477, 1, 'stock_moved', 'item', 1, 12, null, '{"movement":{"id":11,"item":1,"place":5,"delta":-2,"reason":"corrected","note":"","amount":4,"version":12,"at":"2026-11-29T18:42:02.477Z","by":1},"amount":4}', null, null, null, 31, 27);
insert into entry values (10, 32, 76348439, 1795977722477, 1, 'stock_low', 'item', 1, 12, null, '{"amount":4}', null, null, null, 31, null);
insert into entry values (10, 33, 454072595, 1795977722477, 1, 'stock_moved', 'item', 2, 3, null, '{"movement":{"id":12,"item":2,"place":5,"delta":-2,"reason":"corrected","note":"","amount":7,"version":3,"at":"2026-11-29T18:42:02.477Z","by":1},"amount":7}', null, null, null, 31, 29);
insert into entry values (10, 34, 1556302224, 1795977722477, 1, 'stock_moved', 'item', 3, 3, null, '{"movement":{"id":13,"item":3,"place":5,"delta":-2,"reason":"corrected","note":"","amount":9,"version":3,"at":"2026-11-29T18:42:02.477Z","by":1},"amount":9}', 3, 20, 1, 31, 30);
insert into entry values (5, 3, 1048003384, 1795977722509, null, 'notification_added', 'notification', 12, 1, null, '{"kind":"stock_low","workspace":10,"entry":32,"unread":3}', null, null, null, null, null);
insert into entry values (7, 7, 577313986, 1795977722509, null, 'notification_added', 'notification', 13, 1, null, '{"kind":"stock_low","workspace":10,"entry":32,"unread":7}', null, null, null, null, null);
insert into entry values (10, 35, 1729093685, 1795977722522, 1, 'item_changed', 'item', 2, 4, null, '{"threshold":{"from":null,"to":7}}', null, null, null, 35, null);
insert into entry values (10, 36, -72695175, 1795977722522, 1, 'stock_low', 'item', 2, 4, null, '{"amount":7}', null, null, null, 35, null);
insert into entry values (10, 37, -210688228, 1795977722522, 1, 'item_changed', 'item', 3, 4, null, '{"threshold":{"from":null,"to":7}}', 3, 20, 2, 35, null);
insert into entry values (5, 4, -1927347844, 1795977722548, null, 'notification_added', 'notification', 14, 1, null, '{"kind":"stock_low","workspace":10,"entry":36,"unread":4}', null, null, null, null, null);
insert into entry values (7, 8, 809065723, 1795977722548, null, 'notification_added', 'notification', 15, 1, null, '{"kind":"stock_low","workspace":10,"entry":36,"unread":8}', null, null, null, null, null);
insert into entry values (10, 38, 433320862, 1795977722572, 1, 'item_archived', 'item', 3, 5, null, '{"id":3,"name":"Nut \u0027n\u0027 \u003Cbolt\u003E","description":"","amount":9,"unit":"","threshold":7,"version":5,"created_at":"2026-11-29T18:42:02.046Z","created_by":1,"updated_at":"2026-11-29T18:42:02.572Z","updated_by":1,"archived_at":"2026-11-29T18:42:02.572Z"}', 2, 11, 2, null, null);
insert into entry values (2, 1, 1050762581, 1795977722630, 1, 'item_created', 'item', 4, 1, null, '{"id":4,"name":"Ana\u0027s own","description":"","amount":1,"unit":"","threshold":null,"version":1,"created_at":"2026-11-29T18:42:02.630Z","created_by":1,"updated_at":"2026-11-29T18:42:02.630Z","updated_by":1,"archived_at":null}', 1, 1, 0, null, null);
insert into entry values (3, 3, 1238958751, 1795977722666, 1, 'item_starred', 'item', 1, 1, null, '{"workspace":10}', null, null, null, null, null);
insert into entry values (3, 4, -1181746951, 1795977722683, 1, 'item_unstarred', 'item', 1, 1, null, '{"workspace":10}', null, null, null, null, null);
insert into entry values (3, 5, 1252399116, 1795977722704, 1, 'item_starred', 'item', 1, 1, null, '{"workspace":10}', null, null, null, null, null);
insert into entry values (10, 39, 1232038593, 1795977722883, 3, 'room_created', 'room', 7, 1, null, '{"name":"Garage \u003C1\u003E \u0026 \u0027ü\u0027 \uD83D\uDE00"}', null, null, null, null, null);
insert into entry values (10, 40, 13815460, 1795977723028, 3, 'room_renamed', 'room', 7, 2, null, '{"name":{"from":"Garage \u003C1\u003E \u0026 \u0027ü\u0027 \uD83D\uDE00","to":"Atelier \u0022é\u0022"}}', null, null, null, null, null);
insert into entry values (10, 41, -1560868579, 1795977723122, 3, 'room_archived', 'room', 7, 3, null, '{"name":"Atelier \u0022é\u0022"}', null, null, null, null, null);
insert into entry values (10, 42, -1283679622, 1795977723171, 3, 'room_restored', 'room', 7, 4, null, '{"name":"Atelier \u0022é\u0022"}', null, null, null, null, null);
insert into entry values (10, 43, -1729938156, 1795977723230, 1, 'message_posted', 'message', 1, 1, 'story-3', '{"room":5,"text":"Hello @budi, \u003Cb\u003Elook\u003C/b\u003E \u0026 \u0027see\u0027 \uD83D\uDE00\nhttps://shelf.example/?a=1\u0026b=2","mentions":[2]}', null, null, null, null, null);
insert into entry values (5, 5, 1657163557, 1795977723392, null, 'notification_added', 'notification', 16, 1, null, '{"kind":"message_posted","workspace":10,"entry":43,"unread":5}', null, null, null, null, null);
insert into entry values (10, 44, -556726269, 1795977723472, 2, 'message_posted', 'message', 2, 1, null, '{"room":8,"item":1,"text":"Too few of \u0022these\u0022, @renée","mentions":[3]}', null, null, null, null, null);
insert into entry values (7, 9, 1644884388, 1795977723515, null, 'notification_added', 'notification', 17, 1, null, '{"kind":"message_posted","workspace":10,"entry":44,"unread":9}', null, null, null, null, null);
insert into entry values (10, 45, 979995059, 1795977723658, 2, 'message_edited', 'message', 2, 2, null, '{"room":8,"item":1,"text":{"from":"Too few of \u0022these\u0022, @renée","to":"Too few of these, @ana"},"mentions":{"from":[3],"to":[1]}}', null, null, null, null, null);
insert into entry values (3, 6, -1253277357, 1795977723744, null, 'notification_added', 'notification', 18, 1, null, '{"kind":"message_posted","workspace":10,"entry":44,"unread":3}', null, null, null, null, null);
insert into entry values (7, 10, -2144339705, 1795977723744, null, 'notifications_read', 'account', 3, 1, null, '{"ids":[17],"gone":true,"unread":8}', null, null, null, null, null);
insert into entry values (10, 46, 418435430, 1795977723978, 2, 'message_posted', 'message', 3, 1, null, '{"redacted":true}', null, null, null, null, null);
insert into entry values (3, 7, -1851944898, 1795977723996, null, 'notification_added', 'notification', 19, 1, null, '{"kind":"message_posted","workspace":10,"entry":46,"unread":4}', null, null, null, null, null);
insert into entry values (10, 47, -282371308, 1795977724032, 2, 'message_redacted', 'message', 3, 2, null, '{"entries":[46]}', null, null, null, null, null);
insert into entry values (3, 8, 1031981201, 1795977724079, null, 'notifications_read', 'account', 1, 1, null, '{"ids":[19],"gone":true,"unread":3}', null, null, null, null, null);
insert into entry values (10, 48, -864937388, 1795977724120, 4, 'message_posted', 'message', 4, 1, null, '{"room":5,"text":"Dewi was here","mentions":[]}', null, null, null, null, null);
insert into entry values (5, 6, -959046423, 1795977724236, 2, 'notifications_read', 'account', 2, 1, null, '{"through":16,"unread":0}', null, null, null, null, null);
insert into entry values (8, 1, -1853145899, 1795977724768, 4, 'workspace_changed', 'workspace', 8, 2, null, '{"redacted":true}', null, null, null, null, null);
insert into entry values (8, 2, 2092617426, 1795977724826, 1, 'member_joined', 'account', 1, 1, null, '{"role":"viewer"}', null, null, null, null, null);
insert into entry values (1, 19, 1954838243, 1795977724864, 4, 'account_changed', 'account', 4, 2, null, '{"fields":["language"]}', null, null, null, null, null);
insert into entry values (8, 3, 1161472518, 1795977724891, 4, 'item_created', 'item', 5, 1, null, '{"id":5,"name":"Dewi\u0027s bolt","description":"","amount":3,"unit":"","threshold":null,"version":1,"created_at":"2026-11-29T18:42:04.891Z","created_by":4,"updated_at":"2026-11-29T18:42:04.891Z","updated_by":4,"archived_at":null}', 1, 3, 0, null, null);
insert into entry values (1, 20, 1926379495, 1795977724979, 1, 'account_redacted', 'account', 4, 1, null, '{"entries":[19]}', null, null, null, 20, null);
insert into entry values (1, 21, -2050000755, 1795977724979, 1, 'account_erased', 'account', 4, 3, null, '{}', null, null, null, 20, null);
insert into entry values (8, 4, 874567138, 1795977724979, 1, 'member_role_changed', 'account', 1, 1, null, '{"role":{"from":"viewer","to":"owner"}}', null, null, null, 4, null);
insert into entry values (8, 5, 1681616123, 1795977724979, 1, 'workspace_closed', 'workspace', 8, 3, null, '{}', null, null, null, 4, null);
insert into entry values (8, 6, -375357455, 1795977724979, 1, 'member_removed', 'account', 4, 1, null, '{}', null, null, null, 4, null);
insert into entry values (8, 7, 1681079122, 1795977724979, 1, 'account_redacted', 'account', 4, 1, null, '{"entries":[1,3]}', null, null, null, 4, null);
insert into entry values (8, 8, 1248055035, 1795977724979, 1, 'workspace_redacted', 'workspace', 8, 1, null, '{"entries":[1]}', null, null, null, 4, null);
insert into entry values (10, 49, -1438051493, 1795977724979, 1, 'member_removed', 'account', 4, 1, null, '{}', null, null, null, 49, null);
insert into entry values (10, 50, 1429473353, 1795977724979, 1, 'account_redacted', 'account', 4, 1, null, '{"entries":[5,48]}', null, null, null, 49, null);
insert into entry values (10, 51, -877560174, 1795977724979, 1, 'invitation_redacted', 'invitation', 3, 1, null, '{"entries":[4]}', null, null, null, 49, null);
insert into entry values (10, 52, 966452845, 1795977725210, 1, 'member_invited', 'invitation', 5, 1, null, '{"role":"editor"}', null, null, null, null, null);
insert into entry values (12, 1, -1389915070, 1795977725228, null, 'notification_added', 'notification', 20, 1, null, '{"kind":"member_invited","workspace":10,"entry":52,"unread":1}', null, null, null, null, null);
insert into entry values (10, 53, 512009952, 1795977725291, 1, 'member_removed', 'account', 3, 1, null, '{}', null, null, null, null, null);
insert into entry values (7, 11, 26901413, 1795977725383, null, 'notifications_read', 'account', 3, 1, null, '{"ids":[5,7,9,11,13,15],"gone":true,"unread":3}', null, null, null, null, null);
insert into entry values (7, 12, -215499998, 1795977725383, null, 'notification_added', 'notification', 21, 1, null, '{"kind":"member_removed","workspace":10,"entry":53,"unread":3}', null, null, null, null, null);
insert into entry values (10, 54, -909920450, 1795977725528, 1, 'item_created', 'item', 6, 1, null, '{"id":6,"name":"The last one","description":"","amount":0,"unit":"","threshold":0,"version":1,"created_at":"2026-11-29T18:42:05.528Z","created_by":1,"updated_at":"2026-11-29T18:42:05.528Z","updated_by":1,"archived_at":null}', null, null, null, null, null);
insert into entry values (10, 55, 746888432, 1795977725528, 1, 'stock_low', 'item', 6, 1, null, '{"amount":0}', 3, 11, 3, null, null);
insert into idempotency values (1, 'story-1', x'1c1013b0980711296d5f3941ac9a8d9f9d4b7a7ed95f086f540668330ff88e52', 201, '/api/w/10/items/1', '"1"', null, 1795977720871, 'entry', 407);
insert into idempotency values (1, 'story-2', x'c91c2c41568c9e7fa49b65a0d0a2f37201b5994d93e0600fe6ba3093ec4ba78e', 200, null, '"2"', x'7b226964223a312c226e616d65223a225368656c66222c226465736372697074696f6e223a226f6e655c6e74776f5c745c7530303343625c753030334574687265655c75303033432f625c7530303345205c7530303236205c7530303237666f75725c7530303237222c22616d6f756e74223a32352c22756e6974223a226dc2b2222c227468726573686f6c64223a352c2276657273696f6e223a322c22637265617465645f6174223a22323032362d31312d32395431383a34323a30302e3837315a222c22637265617465645f6279223a312c22757064617465645f6174223a22323032362d31312d32395431383a34323a30312e3032355a222c22757064617465645f6279223a312c2261726368697665645f6174223a6e756c6c7d', 1795977721025, null, 693);
insert into idempotency values (1, 'story-3', x'1d6fb663af6d1233fdc3c68a8b78442f29d583e4e38d97635b6d3d71322c0936', 201, '/api/w/10/rooms/lobby/messages/1', '"1"', x'7b226964223a312c22726f6f6d223a352c226974656d223a6e756c6c2c2274657874223a2248656c6c6f2040627564692c205c7530303343625c75303033456c6f6f6b5c75303033432f625c7530303345205c7530303236205c75303032377365655c7530303237205c75443833445c75444530305c6e68747470733a2f2f7368656c662e6578616d706c652f3f613d315c7530303236623d32222c22617574686f72223a22616e61222c2276657273696f6e223a312c22637265617465645f6174223a22323032362d31312d32395431383a34323a30332e3233305a222c22637265617465645f6279223a312c226564697465645f6174223a6e756c6c2c2264656c657465645f6174223a6e756c6c7d', 1795977723230, null, 680);
insert into place values (1, 2, '', 1);
insert into place values (2, 4, '', 1);
insert into place values (3, 6, '', 1);
insert into place values (4, 8, '', 1);
insert into place values (5, 10, '', 1);
insert into place values (6, 11, '', 1);
insert into item values (1, 10, 'Étagère <80 cm> & "more" ''it'' 😀', 'etagere <180 cm> & "more" ''it'' 😀', 'one', 4, 'pcs', 5, '  etagere  <  80  cm  >  &  "  more  "  ''  it  ''  ª😀ª  one', 12, 1795977720871, 1, 1795977722477, 1, null);
insert into item values (2, 10, 'Bolt', 'bolt', '', 7, '', 7, '  bolt', 4, 1795977722046, 1, 1795977722522, 1, null);
insert into item values (3, 10, 'Nut ''n'' <bolt>', 'nut ''n'' <bolt>', '', 9, '', 7, '  nut  ''  n  ''  <  bolt  >', 5, 1795977722046, 1, 1795977722572, 1, 1795977722572);
insert into item values (4, 2, 'Ana''s own', 'ana''s own', '', 1, '', null, '  ana  ''  s  own', 1, 1795977722630, 1, 1795977722630, 1, null);
insert into item values (5, 8, 'Dewi''s bolt', 'dewi''s bolt', '', 3, '', null, '  dewi  ''  s  bolt', 1, 1795977724891, 4, 1795977724891, 4, null);
insert into item values (6, 10, 'The last one', 'the last one', '', 0, '', 0, '  the  last  one', 1, 1795977725528, 1, 1795977725528, 1, null);
insert into balance values (1, 5, 4);
insert into balance values (2, 5, 7);
insert into balance values (3, 5, 9);
insert into balance values (4, 1, 1);
insert into balance values (5, 4, 3);
insert into movement values (1, 1, 5, 25, 25, 1, 'received', '', 1795977720871, 1);
insert into movement values (2, 1, 5, 5, 30, 5, 'counted', '', 1795977721307, 1);
insert into movement values (3, 1, 5, -26, 4, 6, 'taken', 'O''Brien <took> & "left" 😀', 1795977721395, 2);
insert into movement values (4, 1, 5, 10, 14, 7, 'corrected', '', 1795977721442, 2);
insert into movement values (5, 1, 5, -10, 4, 10, 'corrected', '', 1795977721806, 1);
insert into movement values (6, 2, 5, 7, 7, 1, 'received', '', 1795977722046, 1);
insert into movement values (7, 3, 5, 9, 9, 1, 'received', '', 1795977722046, 1);
insert into movement values (8, 1, 5, 2, 6, 11, 'received', 'Every <one>', 1795977722229, 1);
insert into movement values (9, 2, 5, 2, 9, 2, 'received', 'Every <one>', 1795977722229, 1);
insert into movement values (10, 3, 5, 2, 11, 2, 'received', 'Every <one>', 1795977722229, 1);
insert into movement values (11, 1, 5, -2, 4, 12, 'corrected', '', 1795977722477, 1);
insert into movement values (12, 2, 5, -2, 7, 3, 'corrected', '', 1795977722477, 1);
insert into movement values (13, 3, 5, -2, 9, 3, 'corrected', '', 1795977722477, 1);
insert into movement values (14, 4, 1, 1, 1, 1, 'received', '', 1795977722630, 1);
insert into movement values (15, 5, 4, 3, 3, 1, 'received', '', 1795977724891, 4);
insert into notification_muted values (2, 'stock');
insert into room values (1, 2, null, 1, 'lobby', 1, 0, 1795977717091, null);
insert into room values (2, 4, null, 1, 'lobby', 1, 0, 1795977717767, null);
insert into room values (3, 6, null, 1, 'lobby', 1, 0, 1795977717908, null);
insert into room values (4, 8, null, 1, 'lobby', 1, 0, 1795977718146, null);
insert into room values (5, 10, null, 1, 'lobby', 1, 4, 1795977718566, null);
insert into room values (6, 11, null, 1, 'lobby', 1, 0, 1795977720487, null);
insert into room values (7, 10, null, 0, 'Atelier "é"', 4, 0, 1795977722883, null);
insert into room values (8, 10, 1, 0, '', 1, 2, 1795977723472, null);
insert into message values (1, 5, 'Hello @budi, <b>look</b> & ''see'' 😀
https://shelf.example/?a=1&b=2', 1, 1795977723230, 1, null, null);
insert into message values (2, 8, 'Too few of these, @ana', 2, 1795977723472, 2, 1795977723658, null);
insert into message values (3, 5, '', 2, 1795977723978, 2, null, 1795977724032);
insert into message values (4, 5, 'Dewi was here', 1, 1795977724120, 4, null, null);
insert into room_read values (2, 5, 4);
insert into draft values (1, 'new-item', '{"name":"Half \u003Ca\u003E \u0022name\u0022 \uD83D\uDE00"}', 1795977724492, 1);
insert into star values (1, 10, 1);
insert into sign_in_link values (x'2d05432b00008030f6f06490856fc1bb6994c89af288ba3ba5ca64eb74b474ec', 5, '8aJ2YxkC1IzbYS7jG0ogmGg7kLmKhkWvwemnR9a6eAw', 1795977720708, 1796236920708);
insert into api_token values (2, 1, 'Scales', x'441de7ee2ba309c9e82f8bd565dedb5ffc7ffc0b711c4d67c092dd5dbadbfc50', 'admin', 'ojg8nSdQE5EB97laSL2HLjmWY8KgbYjL9REUFy8eDtw', 1795977720832, 1827600120832, null);
insert into account values (1, 'ana', 'ana', 'ana', null, null, 'AQAAAAIAAAPoAAAAEHjz8zP165yI5wMmIa1mB6pG3ErRboElTlAG+Kmji3PxEIrd7Y6zXYJ4rfoCAOOr1g==', 'ojg8nSdQE5EB97laSL2HLjmWY8KgbYjL9REUFy8eDtw', null, 'UTC', 1, 3, 2, 1, 1795977717091, 1795977717518, null, null);
insert into account values (2, 'budi', 'budi', 'budi', 'budi@shelf.example', 'budi@shelf.example', 'AQAAAAIAAAPoAAAAECEwV4q+qMRAiABdA6979Rl2TocGjXzjZD/ugs5tplLHyg/eG2IT4IQrP0r1m2mgwQ==', 'ffq4RdSVXCUZo6m1euULzSahxxgHjxi0LZqBnzjj8O4', 'id', 'Asia/Jakarta', 0, 5, 4, 2, 1795977717767, 1795977717839, null, null);
insert into account values (3, 'renée', 'renée', 'renée', null, null, 'AQAAAAIAAAPoAAAAEITeYIO6P1MbZ24X1UrZDZoTHaprJlMfQ2uvyAM+Pbp0WY0MDv5W6/gZ1z6T41+c5A==', 'pGWMtDykOCA3osywT32yme--PRpSw1uENncAxA7qts0', null, 'UTC', 0, 7, 6, 1, 1795977717908, 1795977718075, null, null);
insert into account values (4, 'former member', 'erased:4', null, null, null, '', 'xTYCeYCjPzzc26D5O77qO58TZB3HrsSiC4ML3X4bVGA', null, 'UTC', 0, 9, 8, 3, 1795977718146, null, null, 1795977724979);
insert into account values (5, 'eko', 'eko', 'eko', 'eko@shelf.example', 'eko@shelf.example', '', '8aJ2YxkC1IzbYS7jG0ogmGg7kLmKhkWvwemnR9a6eAw', null, 'UTC', 0, 12, 11, 6, 1795977720487, null, null, null);
insert into block values (2, 3, 1795977724434);
insert into invitation values (1, 10, 3, x'049c3055c0d99627b25de80ef480fd783841a431100b5257fa867d2f60038464', null, null, null, null, 0, 1796582518756, null, 1795977718756, 1);
insert into invitation values (2, 10, 2, x'e9c2b417fd4ce7c3b80722c1a531b6f73105da1e8ff8163ee77d57968f5fb09f', null, null, null, null, 0, 1796582519630, null, 1795977719630, 1);
insert into invitation values (3, 10, 1, null, 'former member', null, 4, 1, 0, 1796582519654, 1795977724979, 1795977719654, 1);
insert into invitation values (4, 8, 1, x'339f6c3dcd12213750697afbec22793b3c4b4a1aea905ca15ced842ed08a372a', null, null, null, null, 0, 1796582524790, 1795977724979, 1795977724790, 4);
insert into invitation values (5, 10, 2, null, 'eko', 'eko', 5, 2, 1, 1796582525210, null, 1795977725210, 1);
insert into notification values (2, 3, 10, 6, 1, 'member_role_changed', 1, 'Lab <1> & "Étagère" ''Ü'' 😀', 1795977720043, null);
insert into notification values (3, 3, 10, 7, 1, 'member_role_changed', 1, 'Lab <1> & "Étagère" ''Ü'' 😀', 1795977720191, null);
insert into notification values (4, 1, 10, 18, 1, 'stock_low', 2, 'Lab <1> & "Étagère" ''Ü'' 😀', 1795977721395, null);
insert into notification values (6, 1, 10, 20, 1, 'stock_recovered', 2, 'Lab <1> & "Étagère" ''Ü'' 😀', 1795977721442, null);
insert into notification values (8, 2, 10, 24, 1, 'stock_low', 1, 'Lab <1> & "Étagère" ''Ü'' 😀', 1795977721806, 1795977724236);
insert into notification values (10, 2, 10, 28, 1, 'stock_recovered', 1, 'Lab <1> & "Étagère" ''Ü'' 😀', 1795977722229, 1795977724236);
insert into notification values (12, 2, 10, 32, 1, 'stock_low', 1, 'Lab <1> & "Étagère" ''Ü'' 😀', 1795977722477, 1795977724236);
insert into notification values (14, 2, 10, 36, 1, 'stock_low', 1, 'Lab <1> & "Étagère" ''Ü'' 😀', 1795977722522, 1795977724236);
insert into notification values (16, 2, 10, 43, 1, 'message_posted', 1, 'Lab <1> & "Étagère" ''Ü'' 😀', 1795977723230, 1795977724236);
insert into notification values (18, 1, 10, 44, 1, 'message_posted', 2, 'Lab <1> & "Étagère" ''Ü'' 😀', 1795977723658, null);
insert into notification values (20, 5, 10, 52, 1, 'member_invited', 1, 'Lab <1> & "Étagère" ''Ü'' 😀', 1795977725210, null);
insert into notification values (21, 3, 10, 53, 1, 'member_removed', 1, 'Lab <1> & "Étagère" ''Ü'' 😀', 1795977725291, null);
insert into sqlite_sequence values ('invitation', 5);
insert into sqlite_sequence values ('notification', 21);
CREATE TRIGGER room_lobby_insert after insert on workspace begin
  insert into room (workspace_id, lobby, name, created_at) values (new.id, 1, 'lobby', new.created_at);
end;
CREATE TRIGGER notification_due_insert after insert on entry when case new.kind
  when 'stock_low' then 1
  when 'stock_recovered' then 1
  when 'member_invited' then 1
  when 'member_role_changed' then 1
  when 'member_removed' then 1
  when 'message_posted' then json_extract(new.data, '$.mentions[0]') is not null
  when 'message_edited' then
    coalesce(json_extract(new.data, '$.mentions.from[0]'), json_extract(new.data, '$.mentions.to[0]')) is not null
  when 'message_redacted' then 1
  else 0 end
begin
  insert into notification_due (feed_id, seq) values (new.feed_id, new.seq);
end;
CREATE TRIGGER notification_due_invitation after update on invitation
when old.account_id is not null and old.revoked_at is null
  and (new.account_id is not old.account_id or new.revoked_at is not null)
begin
  insert or ignore into notification_due (feed_id, seq)
  select feed_id, seq from entry
  where feed_id = old.workspace_id and subject_type = 'invitation' and subject_id = old.id and kind = 'member_invited';
end;
CREATE TRIGGER notification_due_no_invitation after delete on invitation when old.account_id is not null
begin
  insert or ignore into notification_due (feed_id, seq)
  select feed_id, seq from entry
  where feed_id = old.workspace_id and subject_type = 'invitation' and subject_id = old.id and kind = 'member_invited';
end;
