-- What a workspace counts, kept with its log, and as it was after an entry that changed it.
alter table feed add column items bigint not null default 0;
alter table feed add column pieces bigint not null default 0;
alter table feed add column low bigint not null default 0;
alter table entry add column items bigint;
alter table entry add column pieces bigint;
alter table entry add column low bigint;
update feed set
  items = (select count(*) from item where workspace_id = feed.id and archived_at is null),
  pieces = (select coalesce(sum(amount), 0) from item where workspace_id = feed.id and archived_at is null),
  low = (
    select count(*) from item where workspace_id = feed.id and archived_at is null and amount <= threshold);
