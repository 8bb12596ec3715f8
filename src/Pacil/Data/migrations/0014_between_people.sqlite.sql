-- Whom an account has blocked: of what they do it is told nothing but stock.
create table block (
  account_id integer not null references account (id),
  blocked_id integer not null references account (id),
  at integer not null,
  primary key (account_id, blocked_id)
) without rowid;
create index block_by_blocked on block (blocked_id);

-- username_key: a workspace has one open invitation for a name. told_role: the highest role that its person was told of.
-- A number is never given again, though rows go: entries of the log name it. SQLite adds that to no table that is there.
create table invitation_new (
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
insert into invitation_new (
  id, workspace_id, role, secret_hash, username, username_key, account_id, told_role, uses_left, expires_at, revoked_at,
  created_at, created_by)
select id, workspace_id, role, secret_hash, username, lower(username), account_id,
  case when account_id is not null then role end, uses_left, expires_at, revoked_at, created_at, created_by
from invitation;
drop table invitation;
alter table invitation_new rename to invitation;
create index invitation_by_workspace on invitation (workspace_id, id);
create index invitation_by_account on invitation (account_id) where account_id is not null;
create index invitation_by_name on invitation (workspace_id, username_key) where username_key is not null;
create index invitation_by_expiry on invitation (expires_at);
create index invitation_by_revocation on invitation (revoked_at) where revoked_at is not null;

-- actor_id: who caused it; one account holds only a share of another's unread notifications. The newest may go as well.
create table notification_new (
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
insert into notification_new (id, account_id, feed_id, seq, count, kind, actor_id, workspace_name, at, read_at)
select id, account_id, feed_id, seq, count, kind,
  (select actor_id from entry where entry.feed_id = notification.feed_id and entry.seq = notification.seq),
  workspace_name, at, read_at
from notification;
drop table notification;
alter table notification_new rename to notification;
create index notification_by_account on notification (account_id, id);
create index notification_unread on notification (account_id, id) where read_at is null;
create index notification_unread_by_actor on notification (account_id, actor_id, id) where read_at is null;
create index notification_by_entry on notification (feed_id, seq);
create index notification_by_read on notification (read_at) where read_at is not null;

-- What ends a mention or an invitation is due as well, so that its notification goes.
drop trigger notification_due_insert;
create trigger notification_due_insert after insert on entry when case new.kind
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
create trigger notification_due_invitation after update on invitation
when old.account_id is not null and old.revoked_at is null
  and (new.account_id is not old.account_id or new.revoked_at is not null)
begin
  insert or ignore into notification_due (feed_id, seq)
  select feed_id, seq from entry
  where feed_id = old.workspace_id and subject_type = 'invitation' and subject_id = old.id and kind = 'member_invited';
end;
create trigger notification_due_no_invitation after delete on invitation when old.account_id is not null
begin
  insert or ignore into notification_due (feed_id, seq)
  select feed_id, seq from entry
  where feed_id = old.workspace_id and subject_type = 'invitation' and subject_id = old.id and kind = 'member_invited';
end;
