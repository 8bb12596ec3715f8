-- What an account is told: entries of a feed, the first of them and how many. Its words are made when it is read.
create table notification (
  id integer primary key,
  account_id integer not null references account (id),
  feed_id integer not null references feed (id),
  seq integer not null,
  count integer not null,
  kind text not null,
  workspace_name text not null,
  at integer not null,
  read_at integer,
  unique (account_id, feed_id, seq)
);
create index notification_by_account on notification (account_id, id);
create index notification_unread on notification (account_id, id) where read_at is null;
create index notification_by_read on notification (read_at) where read_at is not null;

-- The kinds that an account does not want.
create table notification_muted (
  account_id integer not null references account (id),
  choice text not null,
  primary key (account_id, choice)
) without rowid;

-- Entries that may concern somebody and that the reader of the log has not come to: where it stands, in every feed.
create table notification_due (
  feed_id integer not null,
  seq integer not null,
  primary key (feed_id, seq)
) without rowid;
create trigger notification_due_insert after insert on entry when case new.kind
  when 'stock_low' then 1
  when 'stock_recovered' then 1
  when 'member_invited' then 1
  when 'member_role_changed' then 1
  when 'member_removed' then 1
  when 'message_posted' then json_extract(new.data, '$.mentions[0]') is not null
  else 0 end
begin
  insert into notification_due (feed_id, seq) values (new.feed_id, new.seq);
end;
