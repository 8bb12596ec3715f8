-- Whom an account has blocked: of what they do it is told nothing but stock.
create table block (
  account_id bigint not null references account (id),
  blocked_id bigint not null references account (id),
  at timestamptz(3) not null,
  primary key (account_id, blocked_id)
);
create index block_by_blocked on block (blocked_id);

-- username_key: a workspace has one open invitation for a name. told_role: the highest role that its person was told of.
alter table invitation add column username_key text;
alter table invitation add column told_role smallint;
update invitation
set username_key = lower(username), told_role = case when account_id is not null then role end
where username is not null;
create index invitation_by_name on invitation (workspace_id, username_key) where username_key is not null;
create index invitation_by_expiry on invitation (expires_at);
create index invitation_by_revocation on invitation (revoked_at) where revoked_at is not null;

-- Who caused it: one account holds only a share of another's unread notifications.
alter table notification add column actor_id bigint references account (id);
update notification set actor_id = (
  select actor_id from entry where entry.feed_id = notification.feed_id and entry.seq = notification.seq);
create index notification_unread_by_actor on notification (account_id, actor_id, id) where read_at is null;
create index notification_by_entry on notification (feed_id, seq);

-- What ends a mention or an invitation is due as well, so that its notification goes.
drop trigger notification_due_insert on entry;
create trigger notification_due_insert after insert on entry for each row when (case new.kind
  when 'stock_low' then true
  when 'stock_recovered' then true
  when 'member_invited' then true
  when 'member_role_changed' then true
  when 'member_removed' then true
  when 'message_posted' then new.data::json #> '{mentions,0}' is not null
  when 'message_edited' then
    coalesce(new.data::json #> '{mentions,from,0}', new.data::json #> '{mentions,to,0}') is not null
  when 'message_redacted' then true
  else false end)
execute function notification_due_insert();
create function notification_due_invitation() returns trigger language plpgsql as $$
begin
  insert into notification_due (feed_id, seq)
  select feed_id, seq from entry
  where feed_id = old.workspace_id and subject_type = 'invitation' and subject_id = old.id and kind = 'member_invited'
  on conflict do nothing;
  return null;
end
$$;
create trigger notification_due_invitation after update on invitation for each row
when (old.account_id is not null and old.revoked_at is null
  and (new.account_id is distinct from old.account_id or new.revoked_at is not null))
execute function notification_due_invitation();
create trigger notification_due_no_invitation after delete on invitation for each row
when (old.account_id is not null)
execute function notification_due_invitation();
