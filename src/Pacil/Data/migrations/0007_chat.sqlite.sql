-- Where people talk: the lobby that every workspace has, the rooms they open, and what is said about an item, which is a
-- room as soon as somebody says it. latest is the newest message.
create table room (
  id integer primary key,
  workspace_id integer not null references workspace (id),
  item_id integer unique references item (id),
  lobby integer not null default 0,
  name text not null,
  version integer not null default 1,
  latest integer not null default 0,
  created_at integer not null,
  archived_at integer
);
create unique index room_lobby on room (workspace_id) where lobby;
create index room_by_workspace on room (workspace_id, id);
create index room_by_latest on room (workspace_id, latest) where item_id is not null;
insert into room (workspace_id, lobby, name, created_at) select id, 1, 'lobby', created_at from workspace;
create trigger room_lobby_insert after insert on workspace begin
  insert into room (workspace_id, lobby, name, created_at) values (new.id, 1, 'lobby', new.created_at);
end;

-- Of a message that is deleted, that it was there is kept, and not what it said.
create table message (
  id integer primary key,
  room_id integer not null references room (id),
  text text not null,
  version integer not null default 1,
  created_at integer not null,
  created_by integer not null references account (id),
  edited_at integer,
  deleted_at integer
);
create index message_by_room on message (room_id, id);
create index message_by_author on message (created_by, created_at);

-- How far an account has read a room.
create table room_read (
  account_id integer not null references account (id),
  room_id integer not null references room (id),
  message_id integer not null,
  primary key (account_id, room_id)
) without rowid;
