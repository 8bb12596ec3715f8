-- What somebody has typed into a form and not sent yet. Nobody else's business, so no entry of any feed.
create table draft (
  account_id integer not null references account (id),
  form text not null,
  data text not null,
  saved_at integer not null,
  primary key (account_id, form)
) without rowid;
create index draft_by_age on draft (saved_at);
