-- A third scope: it gives others access. SQLite changes no constraint, so the table is made again.
create table api_token_new (
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
insert into api_token_new (
  id, account_id, name, secret_hash, scope, security_stamp, created_at, expires_at, last_used_at)
select id, account_id, name, secret_hash, scope, security_stamp, created_at, expires_at, last_used_at
from api_token;
drop table api_token;
alter table api_token_new rename to api_token;
create index api_token_by_account on api_token (account_id, id);
