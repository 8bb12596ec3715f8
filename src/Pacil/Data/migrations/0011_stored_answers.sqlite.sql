-- encoding: how the body is kept: null as it is, 'brotli' compressed, 'entry' not here but as data of the write's first
-- entry. bytes: what the answer counts among those of its account.
alter table idempotency add column encoding text;
alter table idempotency add column bytes integer not null default 400;
update idempotency set bytes = bytes + length(body) where body is not null;
drop index idempotency_by_time;
create index idempotency_by_age on idempotency (account_id, at, bytes);

-- Counted up each time it is saved.
alter table draft add column version integer not null default 1;
