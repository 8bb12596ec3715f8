-- group_id: the number of the first of the changes that one write made together; undoes: the entry that this one takes
-- back. An entry is taken back once at most; taking that back again is a redo.
alter table entry add column group_id integer;
alter table entry add column undoes integer;
create unique index entry_by_undoes on entry (feed_id, undoes) where undoes is not null;
create index entry_by_group on entry (feed_id, group_id, seq) where group_id is not null;
create index entry_by_actor on entry (feed_id, actor_id, seq);
create index entry_by_kind on entry (feed_id, kind, seq);
