-- No address is verified, so it is nobody's: several accounts may give the same.
alter table account drop constraint account_email_key_key;

-- What is left of a name when all that looks alike is made one; null until somebody wants a new name.
alter table account add column username_skeleton text;
create index account_by_skeleton on account (username_skeleton);
