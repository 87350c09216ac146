-- A number is kept no longer than its limit; the contact itself stays for the figures.
alter table contact alter column phone_number drop not null;
-- Who is being called has a number.
alter table contact add constraint contact_in_progress_has_number
  check (phone_number is not null or state <> 'in_progress') not valid;
alter table contact validate constraint contact_in_progress_has_number;
-- What the sweeper asks: whose number is still there in a campaign that is over.
create index contact_with_number on contact (campaign_id) where phone_number is not null;
-- For the search of a person by address; numbers have an index already.
create index contact_email on contact (lower(email)) where email is not null;
-- Erasure and retention go from the contact to its rows.
create index email_notification_contact on email_notification (contact_id);

-- What must not be deleted, neither by its time nor by an erasure.
create table legal_hold (
  contact_id uuid primary key references contact (id),
  reason text not null check (length(reason) between 1 and 1000),
  placed_by_user_id uuid not null references "user" (id),
  placed_at timestamptz not null
);

-- The ledger: who was erased, by ids and the keyed hash alone, and the certificate of it.
create table erasure (
  id uuid primary key,
  phone_hash bytea check (length(phone_hash) = 32),
  contact_ids uuid[] not null check (cardinality(contact_ids) >= 1),
  erased_at timestamptz not null,
  erased_by_user_id uuid references "user" (id),
  -- [{ store, result, count }]
  stores jsonb not null check (jsonb_typeof(stores) = 'array'),
  reapplied_at timestamptz
);
create index erasure_newest on erasure (erased_at desc, id);

-- What must go at the provider; kept until the provider itself says that it is gone.
create type provider_copy as enum ('call', 'recording');
create table provider_deletion (
  id uuid primary key,
  provider_name text not null,
  provider_call_id text not null,
  copy provider_copy not null,
  erasure_id uuid references erasure (id),
  requested_at timestamptz not null,
  next_try_at timestamptz not null,
  tries integer not null default 0 check (tries >= 0),
  last_error text,
  confirmed_at timestamptz,
  constraint provider_deletion_once unique (provider_name, provider_call_id, copy)
);
create index provider_deletion_due on provider_deletion (next_try_at) where confirmed_at is null;
create index provider_deletion_erasure on provider_deletion (erasure_id);

-- Each class has its limit: 5 years of consent, 24 months of answers, 90 days of numbers after the campaign's end.
alter table provider_config
  add column consent_retention_days integer not null default 1825 check (consent_retention_days between 1 and 3650),
  add column answer_retention_days integer not null default 730 check (answer_retention_days between 1 and 3650),
  add column phone_number_retention_days integer not null default 90 check (phone_number_retention_days between 1 and 3650);

create type retention_class as enum ('recording', 'transcript', 'consent', 'answer', 'phone_number');
create table retention_sweep (
  id bigint generated always as identity primary key,
  class retention_class not null,
  swept_at timestamptz not null,
  older_than timestamptz not null,
  deleted integer not null check (deleted >= 1)
);
create index retention_sweep_newest on retention_sweep (swept_at desc, id);
-- What the sweeper looks for, oldest first.
create index transcript_turn_created on transcript_turn (created_at);
create index consent_record_decided on consent_record (decided_at);
create index survey_response_completed on survey_response (completed_at);
create index call_event_recording on call_event (occurred_at) where payload ? 'RecordingSid';
