-- Times are milliseconds since 1970, UTC. Keys named *_key are folded for comparing and sorting; see Fold.cs.

create table meta (
  epoch text not null,
  schema integer not null
);

-- A log: a workspace has one under its own id, each account has one as its inbox, administrators have number 1.
create table feed (
  id integer primary key,
  head integer not null default 0,
  mark integer not null default 0
);
insert into feed (id) values (1);

create table workspace (
  id integer primary key references feed (id),
  name text not null,
  created_at integer not null
);

create table account (
  id integer primary key,
  username text not null,
  username_key text not null unique,
  email text,
  email_key text unique,
  password_hash text not null,
  security_stamp text not null,
  language text,
  time_zone text not null,
  administrator integer not null default 0,
  inbox_id integer not null references feed (id),
  workspace_id integer not null references workspace (id),
  version integer not null,
  created_at integer not null,
  last_login_at integer
);

-- Good while its stamp is the account's: a changed password changes the stamp and so ends every session.
create table session (
  key_hash blob primary key,
  account_id integer not null references account (id),
  security_stamp text not null,
  created_at integer not null,
  seen_at integer not null
) without rowid;
create index session_by_account on session (account_id);
create index session_by_seen on session (seen_at);

-- Wrong passwords in a row, by hash of the name tried (taken or not) and of the address it came from.
create table sign_in_failure (
  key blob primary key,
  count integer not null,
  last_at integer not null,
  locked_until integer not null
) without rowid;
create index sign_in_failure_by_last on sign_in_failure (last_at);

create table data_protection_key (
  id integer primary key,
  xml text not null
);

create table member (
  workspace_id integer not null references workspace (id),
  account_id integer not null references account (id),
  role integer not null check (role between 1 and 4),
  joined_at integer not null,
  primary key (workspace_id, account_id)
) without rowid;
create index member_by_account on member (account_id);

create table entry (
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
  data text not null,
  primary key (feed_id, seq)
);
create index entry_by_subject on entry (feed_id, subject_type, subject_id, seq);
create index entry_by_key on entry (actor_id, key) where key is not null;

create table idempotency (
  account_id integer not null references account (id),
  key text not null,
  fingerprint blob not null,
  status integer not null,
  location text,
  etag text,
  body blob,
  at integer not null,
  primary key (account_id, key)
) without rowid;
create index idempotency_by_time on idempotency (at);

create table place (
  id integer primary key,
  workspace_id integer not null references workspace (id),
  name text not null,
  is_default integer not null
);
create unique index place_default on place (workspace_id) where is_default = 1;

create table item (
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
create index item_by_created on item (workspace_id, id) where archived_at is null;
create index item_by_name on item (workspace_id, name_key, id) where archived_at is null;
create index item_by_amount on item (workspace_id, amount, id) where archived_at is null;
create index item_by_updated on item (workspace_id, updated_at, id) where archived_at is null;
create index item_low_by_created on item (workspace_id, id) where archived_at is null and amount <= threshold;
create index item_low_by_name on item (workspace_id, name_key, id) where archived_at is null and amount <= threshold;
create index item_low_by_amount on item (workspace_id, amount, id) where archived_at is null and amount <= threshold;
create index item_low_by_updated on item (workspace_id, updated_at, id)
  where archived_at is null and amount <= threshold;
create index item_archived_by_created on item (workspace_id, id) where archived_at is not null;
create index item_archived_by_name on item (workspace_id, name_key, id) where archived_at is not null;
create index item_archived_by_amount on item (workspace_id, amount, id) where archived_at is not null;
create index item_archived_by_updated on item (workspace_id, updated_at, id) where archived_at is not null;

create table balance (
  item_id integer not null references item (id),
  place_id integer not null references place (id),
  amount integer not null check (amount >= 0),
  primary key (item_id, place_id)
) without rowid;

create table movement (
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
create index movement_by_item on movement (item_id, id);

-- The text searched, led by three private characters that spell the workspace, so that one trigram tells whose it is.
create virtual table item_search using fts5 (text, content = '', tokenize = 'trigram');
create trigger item_search_insert after insert on item begin
  insert into item_search (rowid, text) values (new.id, char(
    57344 + new.workspace_id / 36000000, 57344 + new.workspace_id / 6000 % 6000, 57344 + new.workspace_id % 6000
  ) || new.search_text);
end;
create trigger item_search_update after update of search_text on item when new.search_text <> old.search_text begin
  insert into item_search (item_search, rowid, text) values ('delete', old.id, char(
    57344 + old.workspace_id / 36000000, 57344 + old.workspace_id / 6000 % 6000, 57344 + old.workspace_id % 6000
  ) || old.search_text);
  insert into item_search (rowid, text) values (new.id, char(
    57344 + new.workspace_id / 36000000, 57344 + new.workspace_id / 6000 % 6000, 57344 + new.workspace_id % 6000
  ) || new.search_text);
end;
