-- Locked: nobody signs in to it. Erased: only that there was somebody is left; the name and the key are then of a kind
-- that nobody can choose.
alter table account add column locked_at timestamptz(3);
alter table account add column erased_at timestamptz(3);

-- Who may make an account.
alter table meta add column registration text not null default 'open'
  check (registration in ('open', 'invitation', 'closed'));

-- A way into an account for once: of the link only the hash is kept. Good while its stamp is the account's.
create table sign_in_link (
  secret_hash bytea primary key,
  account_id bigint not null references account (id),
  security_stamp text not null,
  created_at timestamptz(3) not null,
  expires_at timestamptz(3) not null
);
create index sign_in_link_by_account on sign_in_link (account_id);
