-- No address is verified, so it is nobody's: several accounts may give the same. SQLite drops no constraint, so the
-- table is made again; what refers to it is checked when all is done.
pragma defer_foreign_keys = on;
create table account_old as select * from account;
drop table account;
create table account (
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
insert into account (
  id, username, username_key, email, email_key, password_hash, security_stamp, language, time_zone, administrator,
  inbox_id, workspace_id, version, created_at, last_login_at, locked_at, erased_at)
select id, username, username_key, email, email_key, password_hash, security_stamp, language, time_zone, administrator,
  inbox_id, workspace_id, version, created_at, last_login_at, locked_at, erased_at
from account_old;
drop table account_old;
create index account_by_skeleton on account (username_skeleton);
