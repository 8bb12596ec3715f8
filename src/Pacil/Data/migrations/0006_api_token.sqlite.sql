-- What lets a program in, as its account. Good while its stamp is the account's, as a session is.
create table api_token (
  id integer primary key,
  account_id integer not null references account (id),
  name text not null,
  secret_hash blob not null unique,
  scope text not null check (scope in ('read', 'write')),
  security_stamp text not null,
  created_at integer not null,
  expires_at integer,
  last_used_at integer
);
create index api_token_by_account on api_token (account_id, id);
