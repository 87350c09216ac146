-- The whole data model (names as on the wire). Ids are UUIDv7 made in Node: nothing here may need PostgreSQL > 15.

create type user_role as enum ('admin', 'campaign_manager', 'viewer');
create type role_source as enum ('claim', 'override');
create type campaign_status as enum ('draft', 'scheduled', 'running', 'paused', 'completed', 'cancelled');
create type language as enum ('en', 'it');
create type preferred_language as enum ('en', 'it', 'auto');
create type question_type as enum ('free_text', 'numeric', 'scale');
create type topic as enum ('general', 'health', 'politics', 'religion', 'finance', 'other_sensitive');
create type contact_state as enum ('pending', 'in_progress', 'completed', 'refused', 'not_reached', 'excluded');
create type not_reached_reason as enum ('attempts_used_up', 'invalid_number', 'wrong_person', 'language_barrier', 'minor');
create type time_zone_source as enum ('csv', 'number', 'campaign', 'none');
create type import_status as enum ('running', 'completed', 'failed');
create type exclusion_source as enum ('import', 'api', 'manual', 'call');
create type provider_status as enum ('initiated', 'ringing', 'answered', 'completed', 'failed', 'no_answer', 'busy');
create type call_outcome as enum ('completed', 'refused', 'no_answer', 'busy', 'failed');
create type disposition as enum (
  'completed', 'break_off', 'refusal', 'opt_out', 'callback_requested', 'no_explicit_consent', 'wrong_person',
  'language_barrier', 'minor', 'answering_machine', 'no_answer', 'busy', 'technical', 'dial_unknown', 'blocked',
  'invalid_number'
);
-- reserved: claimed, nothing sent. dialing: committed to dial, the POST may be out. placed: the provider knows the call.
-- unknown: the POST's answer was lost; never posted again.
create type dial_state as enum ('reserved', 'dialing', 'placed', 'unknown');
create type consent_decision as enum ('granted', 'refused');
create type speaker as enum ('agent', 'respondent');
create type answer_status as enum ('answered', 'refused', 'dont_know', 'not_understood');
create type survey_event_type as enum ('survey.completed', 'survey.refused', 'survey.not_reached');
create type email_template_type as enum ('completed', 'refused', 'not_reached');
create type email_status as enum ('pending', 'sending', 'sent', 'failed', 'unknown', 'skipped');
create type email_skip_reason as enum ('no_template', 'no_address', 'unsubscribed');
create type provider_type as enum ('telephony_api', 'voice_ai_platform');
create type llm_provider as enum ('openai', 'anthropic', 'azure-openai', 'google', 'openai-compatible', 'none');

-- auth ---------------------------------------------------------------------------------------------------------

create table "user" (
  id uuid primary key,
  oidc_issuer text not null,
  oidc_sub text not null,
  email text not null,
  name text not null,
  role user_role,
  role_source role_source not null default 'claim',
  disabled_at timestamptz,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  constraint user_subject_unique unique (oidc_issuer, oidc_sub)
);
create unique index user_email_unique on "user" (lower(email));

-- A session is found by the hash of the cookie's value, so a stolen dump opens no session.
create table session (
  id uuid primary key,
  token_hash bytea not null unique,
  user_id uuid not null references "user",
  id_token text, -- encrypted; hint for the provider's own sign-out
  created_at timestamptz not null,
  last_seen_at timestamptz not null,
  expires_at timestamptz not null,
  revoked_at timestamptz
);
create index session_by_user on session (user_id) where revoked_at is null;

-- What a started sign-in must remember until the provider calls back; any process may serve the callback.
create table sign_in (
  state_hash bytea primary key,
  nonce text not null,
  code_verifier text not null,
  return_to text not null,
  expires_at timestamptz not null
);

create table audit_log_entry (
  id bigint generated always as identity primary key,
  at timestamptz not null,
  user_id uuid,
  action text not null,
  entity text not null,
  entity_id text,
  changes jsonb not null default '{}', -- { field: { previous, new } }; secrets never
  previous_hash bytea not null,
  hash bytea not null unique
);

-- admin --------------------------------------------------------------------------------------------------------

create table provider_config (
  id smallint primary key default 1 check (id = 1), -- one row: a single organisation
  provider_type provider_type not null default 'telephony_api',
  provider_name text,
  outbound_number text check (outbound_number ~ '^\+[1-9][0-9]{6,14}$'),
  max_concurrent_calls integer not null default 10 check (max_concurrent_calls between 1 and 10000),
  calls_per_second numeric(6, 2) not null default 1 check (calls_per_second between 0.01 and 1000),
  llm_provider llm_provider not null default 'none',
  llm_model text,
  llm_base_url text,
  llm_timeout_ms integer not null default 450 check (llm_timeout_ms between 50 and 10000),
  email_transport text not null default 'smtp' check (email_transport in ('smtp')),
  email_host text,
  email_port integer check (email_port between 1 and 65535),
  email_username text,
  email_from text,
  email_reply_to text,
  recording_retention_days integer not null default 30 check (recording_retention_days between 0 and 3650),
  transcript_retention_days integer not null default 180 check (transcript_retention_days between 1 and 3650),
  credentials jsonb not null default '{}', -- { name: { ciphertext, last_four } }, each value encrypted on its own
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
insert into provider_config (id) values (1);

-- campaigns ----------------------------------------------------------------------------------------------------

create table email_template (
  id uuid primary key,
  name text not null check (length(name) between 1 and 200),
  type email_template_type not null,
  locale language not null,
  subject text not null,
  body_html text not null,
  body_text text not null,
  is_default boolean not null default false,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  constraint email_template_name_unique unique (name, type, locale)
);
create unique index email_template_default_unique on email_template (type, locale) where is_default;

create table campaign (
  id uuid primary key,
  name text not null check (length(name) between 1 and 200),
  description text not null default '',
  status campaign_status not null default 'draft',
  status_reason text, -- why the system paused it
  language language not null,
  organization_name text not null,
  intro_script text not null,
  question_1_text text not null, question_2_text text not null, question_3_text text not null,
  question_1_type question_type not null, question_2_type question_type not null, question_3_type question_type not null,
  question_1_scale_min smallint, question_2_scale_min smallint, question_3_scale_min smallint,
  question_1_scale_max smallint, question_2_scale_max smallint, question_3_scale_max smallint,
  topic topic not null default 'general',
  translations jsonb not null default '{}', -- { en|it: { intro_script, question_1_text, … } }
  max_attempts smallint not null check (max_attempts between 1 and 5),
  retry_interval_minutes integer not null check (retry_interval_minutes >= 1),
  allowed_call_start_local text not null check (allowed_call_start_local ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'),
  allowed_call_end_local text not null check (allowed_call_end_local ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'),
  allowed_weekdays text[] not null check (cardinality(allowed_weekdays) between 1 and 7
    and allowed_weekdays <@ array['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']),
  call_on_public_holidays boolean not null default false,
  time_zone text,
  scheduled_at timestamptz,
  email_completed_template_id uuid references email_template,
  email_refused_template_id uuid references email_template,
  email_not_reached_template_id uuid references email_template,
  script_version integer not null default 1,
  revision integer not null default 1, -- the ETag
  created_by_user_id uuid not null references "user",
  created_at timestamptz not null,
  updated_at timestamptz not null,
  deleted_at timestamptz,
  constraint campaign_window_order check (allowed_call_start_local < allowed_call_end_local),
  constraint campaign_scale_1 check (question_1_type <> 'scale' or (question_1_scale_min >= 0 and question_1_scale_max <= 100 and question_1_scale_min < question_1_scale_max)),
  constraint campaign_scale_2 check (question_2_type <> 'scale' or (question_2_scale_min >= 0 and question_2_scale_max <= 100 and question_2_scale_min < question_2_scale_max)),
  constraint campaign_scale_3 check (question_3_type <> 'scale' or (question_3_scale_min >= 0 and question_3_scale_max <= 100 and question_3_scale_min < question_3_scale_max))
);
create index campaign_running on campaign (id) where status = 'running'; -- what the scheduler asks at every tick
create index campaign_created on campaign (created_at desc) where deleted_at is null; -- the list page

-- The table of moves, once more where no code can go round it.
create function campaign_guard_move() returns trigger language plpgsql as $$
begin
  if new.status <> old.status and not (case old.status
    when 'draft' then new.status in ('scheduled', 'running')
    when 'scheduled' then new.status in ('running', 'draft', 'cancelled')
    when 'running' then new.status in ('paused', 'completed', 'cancelled')
    when 'paused' then new.status in ('running', 'cancelled')
    else false end) then
    raise exception 'campaign % cannot go from % to %', old.id, old.status, new.status
      using errcode = 'check_violation', constraint = 'campaign_bad_move';
  end if;
  return new;
end $$;
create trigger campaign_guard_move before update of status on campaign for each row execute function campaign_guard_move();

-- Wording is immutable: a changed text is a new version, and every attempt names the version it spoke.
create table script_version (
  campaign_id uuid not null references campaign,
  version integer not null,
  hash text not null, -- SHA-256 (hex) of content, canonical JSON
  content jsonb not null, -- { language: { organization_name, intro_script, questions: [{ text, type, scale_min, scale_max }] } }
  created_at timestamptz not null,
  primary key (campaign_id, version)
);
create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '% rows are immutable', tg_table_name using errcode = 'restrict_violation';
end $$;
create trigger script_version_immutable before update on script_version for each row execute function refuse_change();

-- contacts -----------------------------------------------------------------------------------------------------

-- Few hundred rows however many contacts: the scheduler decides "may be called now" once per set, not once per contact.
create table zone_set (
  id integer generated always as identity primary key,
  country text not null, -- ISO 3166 alpha-2 of the number, '' where it has none
  time_zones text[] not null, -- sorted IANA names; empty = unknown, the campaign's own zone counts
  unique (country, time_zones)
);

create table contact_import (
  id uuid primary key,
  campaign_id uuid not null references campaign,
  file_name text not null,
  sha256 text,
  status import_status not null default 'running',
  bytes bigint not null default 0,
  total_rows integer not null default 0,
  accepted_count integer not null default 0,
  rejected_count integer not null default 0,
  duplicate_count integer not null default 0,
  excluded_count integer not null default 0,
  same_file_as uuid references contact_import,
  error text,
  columns text[] not null default '{}', -- the file's own header, for errors.csv
  created_by_user_id uuid not null references "user",
  created_at timestamptz not null,
  updated_at timestamptz not null,
  constraint contact_import_sum check (status <> 'completed' or total_rows = accepted_count + rejected_count + duplicate_count)
);
create index contact_import_campaign on contact_import (campaign_id, created_at desc);

create table contact_import_error (
  contact_import_id uuid not null references contact_import on delete cascade,
  line_number integer not null,
  position smallint not null, -- several faults on one line
  field text not null,
  code text not null,
  value text not null,
  cells text[] not null,
  primary key (contact_import_id, line_number, position)
);

create table contact (
  id uuid primary key,
  campaign_id uuid not null references campaign,
  contact_import_id uuid references contact_import,
  external_contact_id text,
  phone_number text not null check (phone_number ~ '^\+[1-9][0-9]{6,14}$'),
  email text,
  preferred_language preferred_language not null default 'auto',
  has_prior_consent boolean not null default false,
  do_not_call boolean not null default false,
  time_zones text[] not null default '{}',
  time_zone_source time_zone_source not null default 'none',
  zone_set_id integer not null references zone_set,
  state contact_state not null default 'pending',
  attempts_count smallint not null default 0 check (attempts_count between 0 and 5),
  last_attempt_at timestamptz,
  next_attempt_at timestamptz,
  last_outcome call_outcome,
  excluded_reason text,
  not_reached_reason not_reached_reason,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  constraint contact_phone_unique unique (campaign_id, phone_number),
  constraint contact_excluded_reason check ((state = 'excluded') = (excluded_reason is not null)),
  constraint contact_not_reached_reason check ((state = 'not_reached') = (not_reached_reason is not null))
);
-- The claim: per campaign and zone set the next due contacts, so that closed windows cost nothing.
create index contact_claim on contact (campaign_id, zone_set_id, next_attempt_at nulls first, id)
  where state = 'pending' or (state = 'not_reached' and not_reached_reason = 'attempts_used_up');
create index contact_phone on contact (phone_number); -- exclusion at any later moment, search by number
create index contact_list on contact (campaign_id, created_at, id); -- the contact page

create function contact_guard_move() returns trigger language plpgsql as $$
begin
  if new.state <> old.state and not (case old.state
    when 'pending' then new.state in ('in_progress', 'excluded')
    when 'in_progress' then new.state in ('pending', 'completed', 'refused', 'not_reached', 'excluded')
    when 'not_reached' then old.not_reached_reason = 'attempts_used_up' and new.state in ('in_progress', 'excluded')
    else false end) then
    raise exception 'contact % cannot go from % to %', old.id, old.state, new.state
      using errcode = 'check_violation', constraint = 'contact_bad_move';
  end if;
  return new;
end $$;
create trigger contact_guard_move before update of state on contact for each row execute function contact_guard_move();

create table exclusion_list_entry (
  id uuid primary key,
  phone_number text check (phone_number ~ '^\+[1-9][0-9]{6,14}$'), -- null after erasure
  phone_hash bytea not null, -- HMAC-SHA256 with a key of its own, never rotated; every look-up uses it
  campaign_id uuid references campaign, -- null = everywhere
  reason text,
  source exclusion_source not null,
  created_at timestamptz not null,
  constraint exclusion_unique unique nulls not distinct (phone_hash, campaign_id)
);

-- calling ------------------------------------------------------------------------------------------------------

create table call_attempt (
  id uuid primary key,
  call_id uuid not null unique,
  contact_id uuid not null references contact,
  campaign_id uuid not null references campaign,
  attempt_number smallint not null check (attempt_number >= 1),
  phone_number text,
  dial_state dial_state not null default 'reserved',
  lease_until timestamptz, -- who reserved it dials it until then; later anyone may take over
  next_dial_at timestamptz, -- back-off after "not placed"
  dial_commit_at timestamptz, -- the POST went out after this moment, at most once
  ring_timeout_seconds integer,
  time_limit_seconds integer,
  provider_name text not null,
  provider_call_id text,
  provider_status provider_status,
  provider_raw_status text,
  answered_by text,
  started_at timestamptz not null,
  answered_at timestamptz,
  ended_at timestamptz,
  last_fact_at timestamptz, -- when the provider was last heard of; the reconciler's clock
  outcome call_outcome,
  disposition disposition,
  error_code text,
  script_version integer not null,
  language language not null,
  metadata jsonb not null default '{}',
  constraint call_attempt_number_unique unique (contact_id, attempt_number),
  constraint call_attempt_ends_once check ((ended_at is null) = (outcome is null) and (outcome is null) = (disposition is null)),
  constraint call_attempt_live_has_number check (ended_at is not null or phone_number is not null)
);
-- No number has two live calls, in any campaigns, whatever the code does.
create unique index call_attempt_one_live_call on call_attempt (phone_number) where ended_at is null;
create unique index call_attempt_provider_call on call_attempt (provider_name, provider_call_id) where provider_call_id is not null;
create index call_attempt_live on call_attempt (id) where ended_at is null; -- free lines, the reconciler's round
create index call_attempt_started on call_attempt (started_at); -- calls per second
create index call_attempt_campaign on call_attempt (campaign_id, started_at);

create function call_attempt_final() returns trigger language plpgsql as $$
begin
  if old.ended_at is not null and (new.outcome is distinct from old.outcome or new.disposition is distinct from old.disposition
      or new.ended_at is distinct from old.ended_at) then
    raise exception 'call % is settled', old.call_id using errcode = 'check_violation', constraint = 'call_attempt_settled';
  end if;
  return new;
end $$;
create trigger call_attempt_final before update on call_attempt for each row execute function call_attempt_final();

create table call_event (
  id bigint generated always as identity primary key,
  provider text not null,
  provider_event_key text not null unique,
  call_id uuid, -- ours; null when the provider speaks of a call that nobody here knows
  type text not null,
  occurred_at timestamptz not null,
  received_at timestamptz not null,
  is_anomaly boolean not null default false,
  payload jsonb not null
);
create index call_event_call on call_event (call_id, id);

-- The state of the dialogue between two frames, so that any process can go on with it.
create table conversation (
  call_attempt_id uuid primary key references call_attempt,
  token_hash bytea, -- one-time token of the socket, bound to the call
  token_expires_at timestamptz,
  state jsonb,
  revision integer not null default 0,
  updated_at timestamptz not null
);

create table consent_record (
  call_attempt_id uuid primary key references call_attempt,
  decision consent_decision not null,
  words text not null,
  script_version integer not null,
  script_hash text not null,
  decided_at timestamptz not null,
  decided_by text not null,
  reason text
);

create table transcript_turn (
  call_attempt_id uuid not null references call_attempt,
  position smallint not null,
  speaker speaker not null,
  text text not null,
  text_hash text not null,
  language language not null,
  interpretation text,
  latency_ms integer,
  created_at timestamptz not null,
  primary key (call_attempt_id, position)
);

-- Answers of a call while it lasts, and of one that broke off: never in the export.
create table call_answer (
  call_attempt_id uuid not null references call_attempt,
  question smallint not null check (question between 1 and 3),
  status answer_status not null,
  answer text,
  confidence real,
  words text,
  primary key (call_attempt_id, question),
  constraint call_answer_null_unless_answered check ((status = 'answered') = (answer is not null))
);

create table survey_response (
  id uuid primary key,
  contact_id uuid not null unique references contact,
  campaign_id uuid not null references campaign,
  call_attempt_id uuid not null unique references call_attempt,
  q1_answer text, q2_answer text, q3_answer text,
  q1_confidence real, q2_confidence real, q3_confidence real,
  q1_status answer_status not null, q2_status answer_status not null, q3_status answer_status not null,
  q1_words text, q2_words text, q3_words text,
  completed_at timestamptz not null
);
create index survey_response_campaign on survey_response (campaign_id);

-- events and letters -------------------------------------------------------------------------------------------

create table event (
  id uuid primary key,
  event_type survey_event_type not null,
  campaign_id uuid not null references campaign,
  contact_id uuid not null references contact,
  call_attempt_id uuid references call_attempt,
  payload jsonb not null,
  created_at timestamptz not null,
  published_at timestamptz,
  lease_until timestamptz,
  publish_attempts integer not null default 0,
  constraint event_once_per_contact unique (contact_id, event_type)
);
create index event_outbox on event (created_at, id) where published_at is null; -- the relay's queue stays small

-- The default bus: a table of messages with a visibility time-out. Delivered at least once; consumers keep an inbox.
create table bus_message (
  id bigint generated always as identity primary key,
  topic text not null,
  message_key uuid not null,
  body jsonb not null,
  visible_at timestamptz not null,
  receive_count integer not null default 0,
  created_at timestamptz not null
);
create index bus_message_visible on bus_message (topic, visible_at, id);

create table email_notification (
  id uuid primary key,
  event_id uuid not null references event,
  contact_id uuid not null references contact,
  campaign_id uuid not null references campaign,
  template_id uuid references email_template,
  to_email text,
  status email_status not null default 'pending',
  skip_reason email_skip_reason,
  attempts integer not null default 0,
  next_send_at timestamptz,
  lease_until timestamptz,
  provider_message_id text,
  error_message text,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  constraint email_notification_once unique nulls not distinct (event_id, template_id),
  constraint email_notification_skipped check ((status = 'skipped') = (skip_reason is not null))
);
create index email_notification_due on email_notification (next_send_at) where status in ('pending', 'sending');
