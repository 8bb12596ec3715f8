-- What a workspace counts, kept with its log, and as it was after an entry that changed it.
alter table feed add column items integer not null default 0;
alter table feed add column pieces integer not null default 0;
alter table feed add column low integer not null default 0;
alter table entry add column items integer;
alter table entry add column pieces integer;
alter table entry add column low integer;
update feed set
  items = (select count(*) from item where workspace_id = feed.id and archived_at is null),
  pieces = (select coalesce(sum(amount), 0) from item where workspace_id = feed.id and archived_at is null),
  low = (
    select count(*) from item where workspace_id = feed.id and archived_at is null and amount <= threshold);
