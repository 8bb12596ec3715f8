-- By which rules names and searched text are folded (Fold.Version), and up to which item; null: all. See RefoldItems.
alter table meta add column folding integer not null default 0;
alter table meta add column folded_item bigint;

-- What begins with the words that are searched for comes first; name_key is for sorting.
create index item_by_beginning on item (workspace_id, (left(search_text, 50)) collate "C") where archived_at is null;
-- What an index of an expression holds is known only then.
analyze item;
