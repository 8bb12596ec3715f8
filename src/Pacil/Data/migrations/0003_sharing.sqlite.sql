alter table workspace add column version integer not null default 1;
alter table workspace add column archived_at integer;

-- A way in: by a link, of which only the hash is kept, or for one account. Of a name that nobody has, account_id is
-- null and nobody can use it; whoever invites cannot tell.
create table invitation (
  id integer primary key,
  workspace_id integer not null references workspace (id),
  role integer not null check (role between 1 and 4),
  secret_hash blob unique,
  username text,
  account_id integer references account (id),
  uses_left integer not null check (uses_left >= 0),
  expires_at integer not null,
  revoked_at integer,
  created_at integer not null,
  created_by integer not null references account (id)
);
create index invitation_by_workspace on invitation (workspace_id, id);
create index invitation_by_account on invitation (account_id) where account_id is not null;
