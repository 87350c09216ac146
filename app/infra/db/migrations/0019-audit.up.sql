-- The log only grows: by a trigger, and by the rights of the role that the application signs in with.
create trigger audit_log_entry_kept before update or delete on audit_log_entry
  for each row execute function refuse_change();
create trigger audit_log_entry_not_emptied before truncate on audit_log_entry
  for each statement execute function refuse_change();
-- Two entries cannot name the same predecessor: the chain has no branches.
create unique index audit_log_entry_one_successor on audit_log_entry (previous_hash);
-- For the filters: newest first, as the page shows them.
create index audit_log_entry_at on audit_log_entry (at desc, id desc);
create index audit_log_entry_entity on audit_log_entry (entity, entity_id, id desc);
create index audit_log_entry_user on audit_log_entry (user_id, id desc);

-- Where the chain ends: entries cut off its end are missed.
create table audit_head (
  id smallint primary key default 1 check (id = 1),
  entries bigint not null,
  last_id bigint,
  hash bytea check (length(hash) = 32)
);
insert into audit_head (entries, last_id, hash)
  select (select count(*) from audit_log_entry), last.id, last.hash
  from (select 1) one left join lateral (select id, hash from audit_log_entry order by id desc limit 1) last on true;
create function audit_head_moves() returns trigger language plpgsql as $$
begin
  update audit_head set entries = entries + 1, last_id = new.id, hash = new.hash;
  return null;
end $$;
create trigger audit_log_entry_head after insert on audit_log_entry for each row execute function audit_head_moves();

-- From time to time the end of the chain is signed with a key that the database does not have: who rewrites the log and
-- computes every hash anew cannot sign it.
create table audit_seal (
  id bigint generated always as identity primary key,
  entry_id bigint not null,
  entry_hash bytea not null check (length(entry_hash) = 32),
  sealed_at timestamptz not null,
  mac bytea not null check (length(mac) = 32)
);
create trigger audit_seal_kept before update or delete on audit_seal for each row execute function refuse_change();
create trigger audit_seal_not_emptied before truncate on audit_seal
  for each statement execute function refuse_change();

-- Not the owner either, unless it grants itself the right again, which it can do by name only.
do $$
begin
  execute format('revoke update, delete, truncate on audit_log_entry, audit_seal from public, %I', current_user);
  execute format('revoke delete, truncate on audit_head from public, %I', current_user);
end $$;
