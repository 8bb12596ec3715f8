-- What a person has marked with a star. Nobody else's business: it is told in the person's inbox only.
create table star (
  account_id bigint not null references account (id),
  workspace_id bigint not null references workspace (id),
  item_id bigint not null references item (id),
  primary key (account_id, workspace_id, item_id)
);
