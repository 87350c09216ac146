-- Generated from the migrations by `npm run generate`; do not edit.

-- enums

create type answer_status as enum ('answered', 'refused', 'dont_know', 'not_understood');

create type call_outcome as enum ('completed', 'refused', 'no_answer', 'busy', 'failed');

create type campaign_status as enum ('draft', 'scheduled', 'running', 'paused', 'completed', 'cancelled');

create type consent_decision as enum ('granted', 'refused');

create type contact_state as enum ('pending', 'in_progress', 'completed', 'refused', 'not_reached', 'excluded');

create type dial_state as enum ('reserved', 'dialing', 'placed', 'unknown');

create type disposition as enum ('completed', 'break_off', 'refusal', 'opt_out', 'callback_requested', 'no_explicit_consent', 'wrong_person', 'language_barrier', 'minor', 'answering_machine', 'no_answer', 'busy', 'technical', 'dial_unknown', 'blocked', 'invalid_number');

create type email_skip_reason as enum ('no_template', 'no_address', 'unsubscribed');

create type email_status as enum ('pending', 'sending', 'sent', 'failed', 'unknown', 'skipped');

create type email_template_type as enum ('completed', 'refused', 'not_reached');

create type exclusion_source as enum ('import', 'api', 'manual', 'call');

create type export_status as enum ('running', 'completed', 'failed');

create type import_status as enum ('running', 'completed', 'failed');

create type language as enum ('en', 'it');

create type llm_provider as enum ('openai', 'anthropic', 'azure-openai', 'google', 'openai-compatible', 'none');

create type not_reached_reason as enum ('attempts_used_up', 'invalid_number', 'wrong_person', 'language_barrier', 'minor');

create type preferred_language as enum ('en', 'it', 'auto');

create type profile_mode as enum ('advise', 'enforce');

create type provider_copy as enum ('call', 'recording');

create type provider_status as enum ('initiated', 'ringing', 'answered', 'completed', 'failed', 'no_answer', 'busy');

create type provider_type as enum ('telephony_api', 'voice_ai_platform');

create type question_type as enum ('free_text', 'numeric', 'scale');

create type retention_class as enum ('recording', 'transcript', 'consent', 'answer', 'phone_number');

create type role_source as enum ('claim', 'override');

create type speaker as enum ('agent', 'respondent');

create type survey_event_type as enum ('survey.completed', 'survey.refused', 'survey.not_reached');

create type time_zone_source as enum ('csv', 'number', 'campaign', 'none');

create type topic as enum ('general', 'health', 'politics', 'religion', 'finance', 'other_sensitive');

create type user_role as enum ('admin', 'campaign_manager', 'viewer');

create type webhook_delivery_status as enum ('pending', 'sending', 'delivered', 'dead');

-- tables

create table audit_head (
  id smallint not null default 1,
  entries bigint not null,
  last_id bigint,
  hash bytea
);

create table audit_log_entry (
  id bigint generated always as identity not null,
  at timestamp with time zone not null,
  user_id uuid,
  action text not null,
  entity text not null,
  entity_id text,
  changes jsonb not null default '{}'::jsonb,
  previous_hash bytea not null,
  hash bytea not null
);

create table audit_seal (
  id bigint generated always as identity not null,
  entry_id bigint not null,
  entry_hash bytea not null,
  sealed_at timestamp with time zone not null,
  mac bytea not null
);

create table bus_message (
  id bigint generated always as identity not null,
  topic text not null,
  message_key uuid not null,
  body jsonb not null,
  visible_at timestamp with time zone not null,
  receive_count integer not null default 0,
  created_at timestamp with time zone not null,
  group_key text
);

create table call_answer (
  call_attempt_id uuid not null,
  question smallint not null,
  status answer_status not null,
  answer text,
  confidence real,
  words text
);

create table call_attempt (
  id uuid not null,
  call_id uuid not null,
  contact_id uuid not null,
  campaign_id uuid not null,
  attempt_number smallint not null,
  phone_number text,
  dial_state dial_state not null default 'reserved'::dial_state,
  lease_until timestamp with time zone,
  next_dial_at timestamp with time zone,
  dial_commit_at timestamp with time zone,
  ring_timeout_seconds integer,
  time_limit_seconds integer,
  provider_name text not null,
  provider_call_id text,
  provider_status provider_status,
  provider_raw_status text,
  answered_by text,
  started_at timestamp with time zone not null,
  answered_at timestamp with time zone,
  ended_at timestamp with time zone,
  last_fact_at timestamp with time zone,
  outcome call_outcome,
  disposition disposition,
  error_code text,
  script_version integer not null,
  language language not null,
  metadata jsonb not null default '{}'::jsonb,
  dial_permit_at timestamp with time zone,
  dial_tries smallint not null default 0
);

create table call_event (
  id bigint generated always as identity not null,
  provider text not null,
  provider_event_key text not null,
  call_id uuid,
  type text not null,
  occurred_at timestamp with time zone not null,
  received_at timestamp with time zone not null,
  is_anomaly boolean not null default false,
  payload jsonb not null
);

create table campaign (
  id uuid not null,
  name text not null,
  description text not null default ''::text,
  status campaign_status not null default 'draft'::campaign_status,
  status_reason text,
  language language not null,
  organization_name text not null,
  intro_script text not null,
  question_1_text text not null,
  question_2_text text not null,
  question_3_text text not null,
  question_1_type question_type not null,
  question_2_type question_type not null,
  question_3_type question_type not null,
  question_1_scale_min smallint,
  question_2_scale_min smallint,
  question_3_scale_min smallint,
  question_1_scale_max smallint,
  question_2_scale_max smallint,
  question_3_scale_max smallint,
  topic topic not null default 'general'::topic,
  translations jsonb not null default '{}'::jsonb,
  max_attempts smallint not null,
  retry_interval_minutes integer not null,
  allowed_call_start_local text not null,
  allowed_call_end_local text not null,
  allowed_weekdays text[] not null,
  call_on_public_holidays boolean not null default false,
  time_zone text,
  scheduled_at timestamp with time zone,
  email_completed_template_id uuid,
  email_refused_template_id uuid,
  email_not_reached_template_id uuid,
  script_version integer not null default 1,
  revision integer not null default 1,
  created_by_user_id uuid not null,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  deleted_at timestamp with time zone
);

create table consent_record (
  call_attempt_id uuid not null,
  decision consent_decision not null,
  words text not null,
  script_version integer not null,
  script_hash text not null,
  decided_at timestamp with time zone not null,
  decided_by text not null,
  reason text
);

create table consumed_message (
  consumer text not null,
  message_key uuid not null,
  consumed_at timestamp with time zone not null
);

create table contact (
  id uuid not null,
  campaign_id uuid not null,
  contact_import_id uuid,
  external_contact_id text,
  phone_number text,
  email text,
  preferred_language preferred_language not null default 'auto'::preferred_language,
  has_prior_consent boolean not null default false,
  do_not_call boolean not null default false,
  time_zones text[] not null default '{}'::text[],
  time_zone_source time_zone_source not null default 'none'::time_zone_source,
  zone_set_id integer not null,
  state contact_state not null default 'pending'::contact_state,
  attempts_count smallint not null default 0,
  last_attempt_at timestamp with time zone,
  next_attempt_at timestamp with time zone,
  last_outcome call_outcome,
  excluded_reason text,
  not_reached_reason not_reached_reason,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  waits_as smallint not null default 1,
  aapor_code text not null default '3.11'::text,
  reached smallint not null default 0
);

create table contact_count (
  campaign_id uuid not null,
  state contact_state not null,
  preferred_language preferred_language not null,
  contacts bigint not null,
  attempted boolean not null,
  aapor_code text not null,
  reached smallint not null
);

create table contact_count_delta (
  id bigint generated always as identity not null,
  campaign_id uuid not null,
  state contact_state not null,
  preferred_language preferred_language not null,
  contacts bigint not null,
  attempted boolean not null,
  aapor_code text not null,
  reached smallint not null
);

create table contact_import (
  id uuid not null,
  campaign_id uuid not null,
  file_name text not null,
  sha256 text,
  status import_status not null default 'running'::import_status,
  bytes bigint not null default 0,
  total_rows integer not null default 0,
  accepted_count integer not null default 0,
  rejected_count integer not null default 0,
  duplicate_count integer not null default 0,
  excluded_count integer not null default 0,
  same_file_as uuid,
  error text,
  columns text[] not null default '{}'::text[],
  created_by_user_id uuid not null,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null
);

create table contact_import_error (
  contact_import_id uuid not null,
  line_number integer not null,
  "position" smallint not null,
  field text not null,
  code text not null,
  value text not null,
  cells text[] not null
);

create table conversation (
  call_attempt_id uuid not null,
  token_hash bytea,
  token_expires_at timestamp with time zone,
  state jsonb,
  revision integer not null default 0,
  updated_at timestamp with time zone not null,
  disposition disposition,
  callback_at timestamp with time zone,
  connects smallint not null default 0,
  hearing_until timestamp with time zone
);

create table email_notification (
  id uuid not null,
  event_id uuid not null,
  contact_id uuid not null,
  campaign_id uuid not null,
  template_id uuid,
  to_email text,
  status email_status not null default 'pending'::email_status,
  skip_reason email_skip_reason,
  attempts integer not null default 0,
  next_send_at timestamp with time zone,
  lease_until timestamp with time zone,
  provider_message_id text,
  error_message text,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null
);

create table email_template (
  id uuid not null,
  name text not null,
  type email_template_type not null,
  locale language not null,
  subject text not null,
  body_html text not null,
  body_text text not null,
  is_default boolean not null default false,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null
);

create table email_unsubscribe (
  email_hash bytea not null,
  created_at timestamp with time zone not null
);

create table erasure (
  id uuid not null,
  phone_hash bytea,
  contact_ids uuid[] not null,
  erased_at timestamp with time zone not null,
  erased_by_user_id uuid,
  stores jsonb not null,
  reapplied_at timestamp with time zone
);

create table event (
  id uuid not null,
  event_type survey_event_type not null,
  campaign_id uuid not null,
  contact_id uuid not null,
  call_attempt_id uuid,
  payload jsonb not null,
  created_at timestamp with time zone not null,
  published_at timestamp with time zone,
  lease_until timestamp with time zone,
  publish_attempts integer not null default 0
);

create table exclusion_list_entry (
  id uuid not null,
  phone_number text,
  phone_hash bytea not null,
  campaign_id uuid,
  reason text,
  source exclusion_source not null,
  created_at timestamp with time zone not null
);

create table export (
  id uuid not null,
  campaign_id uuid not null,
  user_id uuid not null,
  format text not null,
  reason text,
  status export_status not null default 'running'::export_status,
  rows integer,
  sha256 text,
  created_at timestamp with time zone not null,
  finished_at timestamp with time zone
);

create table jurisdiction_profile (
  country text not null,
  mode profile_mode not null default 'advise'::profile_mode,
  prior_consent_needed boolean not null,
  weekday_start text,
  weekday_end text,
  saturday_start text,
  saturday_end text,
  sunday_start text,
  sunday_end text,
  public_holidays_allowed boolean not null default false,
  max_attempts smallint not null,
  min_gap_minutes integer not null,
  max_attempts_per_30_days smallint not null,
  register_name text,
  register_max_age_days smallint,
  register_checked_at timestamp with time zone,
  register_file_name text,
  caller_id_remark text not null default ''::text,
  updated_at timestamp with time zone not null default now(),
  updated_by_user_id uuid
);

create table legal_hold (
  contact_id uuid not null,
  reason text not null,
  placed_by_user_id uuid not null,
  placed_at timestamp with time zone not null
);

create table logout_token (
  jti_hash bytea not null,
  expires_at timestamp with time zone not null
);

create table provider_breaker (
  provider_name text not null,
  open_until timestamp with time zone not null,
  reason text not null
);

create table provider_config (
  id smallint not null default 1,
  provider_type provider_type not null default 'telephony_api'::provider_type,
  provider_name text,
  outbound_number text,
  max_concurrent_calls integer not null default 10,
  calls_per_second numeric(6,2) not null default 1,
  llm_provider llm_provider not null default 'none'::llm_provider,
  llm_model text,
  llm_base_url text,
  llm_timeout_ms integer not null default 450,
  email_transport text not null default 'smtp'::text,
  email_host text,
  email_port integer,
  email_username text,
  email_from text,
  email_reply_to text,
  recording_retention_days integer not null default 30,
  transcript_retention_days integer not null default 180,
  credentials jsonb not null default '{}'::jsonb,
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now(),
  consent_retention_days integer not null default 1825,
  answer_retention_days integer not null default 730,
  phone_number_retention_days integer not null default 90,
  revision integer not null default 1,
  politics_allowed boolean not null default false,
  default_max_attempts smallint not null default 3,
  default_retry_interval_minutes integer not null default 60,
  default_call_start_local text not null default '09:00'::text,
  default_call_end_local text not null default '20:00'::text,
  default_weekdays text[] not null default '{mon,tue,wed,thu,fri}'::text[],
  default_call_on_public_holidays boolean not null default false,
  default_time_zone text
);

create table provider_deletion (
  id uuid not null,
  provider_name text not null,
  provider_call_id text not null,
  copy provider_copy not null,
  erasure_id uuid,
  requested_at timestamp with time zone not null,
  next_try_at timestamp with time zone not null,
  tries integer not null default 0,
  last_error text,
  confirmed_at timestamp with time zone
);

create table rehearsal (
  id uuid not null,
  campaign_id uuid not null,
  script_version integer not null,
  language language not null,
  is_draft boolean not null,
  user_id uuid not null,
  interpreter text not null,
  scene jsonb,
  revision integer not null default 1,
  utterances integer not null default 0,
  disposition disposition,
  started_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  ended_at timestamp with time zone
);

create table request_count (
  key_hash bytea not null,
  count integer not null,
  resets_at timestamp with time zone not null
);

create table result_count (
  campaign_id uuid not null,
  figure text not null,
  slot timestamp with time zone not null default '-infinity'::timestamp with time zone,
  number integer not null,
  value text not null default ''::text,
  answered boolean not null default false,
  entries bigint not null,
  talk_us bigint not null default 0
);

create table result_count_delta (
  id bigint generated always as identity not null,
  campaign_id uuid not null,
  figure text not null,
  slot timestamp with time zone not null default '-infinity'::timestamp with time zone,
  number integer not null,
  value text not null default ''::text,
  answered boolean not null default false,
  entries bigint not null,
  talk_us bigint not null default 0
);

create table retention_sweep (
  id bigint generated always as identity not null,
  class retention_class not null,
  swept_at timestamp with time zone not null,
  older_than timestamp with time zone not null,
  deleted integer not null
);

create table schema_migration (
  name text not null,
  applied_at timestamp with time zone not null default now(),
  expands boolean not null default false
);

create table script_approval (
  campaign_id uuid not null,
  script_version integer not null,
  topic topic not null,
  approved_by_user_id uuid not null,
  reason text not null,
  approved_at timestamp with time zone not null
);

create table script_version (
  campaign_id uuid not null,
  version integer not null,
  hash text not null,
  content jsonb not null,
  created_at timestamp with time zone not null
);

create table session (
  id uuid not null,
  token_hash bytea not null,
  user_id uuid not null,
  id_token text,
  created_at timestamp with time zone not null,
  last_seen_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  revoked_at timestamp with time zone,
  oidc_sid text,
  user_agent text
);

create table sign_in (
  state_hash bytea not null,
  nonce text not null,
  code_verifier text not null,
  return_to text not null,
  expires_at timestamp with time zone not null
);

create table survey_response (
  id uuid not null,
  contact_id uuid not null,
  campaign_id uuid not null,
  call_attempt_id uuid not null,
  q1_answer text,
  q2_answer text,
  q3_answer text,
  q1_confidence real,
  q2_confidence real,
  q3_confidence real,
  q1_status answer_status not null,
  q2_status answer_status not null,
  q3_status answer_status not null,
  q1_words text,
  q2_words text,
  q3_words text,
  completed_at timestamp with time zone not null
);

create table transcript_turn (
  call_attempt_id uuid not null,
  "position" smallint not null,
  speaker speaker not null,
  text text not null,
  text_hash text not null,
  language language not null,
  interpretation text,
  latency_ms integer,
  created_at timestamp with time zone not null
);

create table trial_run (
  id uuid not null,
  campaign_id uuid not null,
  script_version integer not null,
  language language not null,
  is_draft boolean not null,
  user_id uuid not null,
  interpreter text not null,
  results jsonb not null,
  total integer not null,
  as_expected integer not null,
  started_at timestamp with time zone not null,
  ended_at timestamp with time zone not null
);

create table "user" (
  id uuid not null,
  oidc_issuer text not null,
  oidc_sub text not null,
  email text not null,
  name text not null,
  role user_role,
  role_source role_source not null default 'claim'::role_source,
  disabled_at timestamp with time zone,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null
);

create table webhook (
  id uuid not null,
  url text not null,
  description text not null default ''::text,
  event_types survey_event_type[] not null,
  is_active boolean not null default true,
  inactive_reason text,
  secret jsonb not null,
  previous_secret jsonb,
  previous_secret_until timestamp with time zone,
  created_by_user_id uuid not null,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null
);

create table webhook_delivery (
  id uuid not null,
  webhook_id uuid not null,
  event_id uuid not null,
  status webhook_delivery_status not null default 'pending'::webhook_delivery_status,
  attempts integer not null default 0,
  next_attempt_at timestamp with time zone,
  lease_until timestamp with time zone,
  response_status integer,
  error_message text,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null
);

create table zone_set (
  id integer generated always as identity not null,
  country text not null,
  time_zones text[] not null
);

-- constraints

alter table audit_head add constraint audit_head_hash_check CHECK ((length(hash) = 32));

alter table audit_head add constraint audit_head_id_check CHECK ((id = 1));

alter table audit_head add constraint audit_head_pkey PRIMARY KEY (id);

alter table audit_log_entry add constraint audit_hash_length CHECK (((length(hash) = 32) AND (length(previous_hash) = 32))) NOT VALID;

alter table audit_log_entry add constraint audit_log_entry_hash_key UNIQUE (hash);

alter table audit_log_entry add constraint audit_log_entry_pkey PRIMARY KEY (id);

alter table audit_seal add constraint audit_seal_entry_hash_check CHECK ((length(entry_hash) = 32));

alter table audit_seal add constraint audit_seal_mac_check CHECK ((length(mac) = 32));

alter table audit_seal add constraint audit_seal_pkey PRIMARY KEY (id);

alter table bus_message add constraint bus_message_pkey PRIMARY KEY (id);

alter table call_answer add constraint call_answer_answered CHECK (((status = 'answered'::answer_status) = (answer IS NOT NULL))) NOT VALID;

alter table call_answer add constraint call_answer_call_attempt_id_fkey FOREIGN KEY (call_attempt_id) REFERENCES call_attempt(id);

alter table call_answer add constraint call_answer_null_unless_answered CHECK (((status = 'answered'::answer_status) = (answer IS NOT NULL)));

alter table call_answer add constraint call_answer_pkey PRIMARY KEY (call_attempt_id, question);

alter table call_answer add constraint call_answer_question_check CHECK (((question >= 1) AND (question <= 3)));

alter table call_attempt add constraint call_attempt_attempt_number_check CHECK ((attempt_number >= 1));

alter table call_attempt add constraint call_attempt_call_id_key UNIQUE (call_id);

alter table call_attempt add constraint call_attempt_campaign_id_fkey FOREIGN KEY (campaign_id) REFERENCES campaign(id);

alter table call_attempt add constraint call_attempt_contact_id_fkey FOREIGN KEY (contact_id) REFERENCES contact(id);

alter table call_attempt add constraint call_attempt_ends_once CHECK ((((ended_at IS NULL) = (outcome IS NULL)) AND ((outcome IS NULL) = (disposition IS NULL))));

alter table call_attempt add constraint call_attempt_live_has_number CHECK (((ended_at IS NOT NULL) OR (phone_number IS NOT NULL)));

alter table call_attempt add constraint call_attempt_number_unique UNIQUE (contact_id, attempt_number);

alter table call_attempt add constraint call_attempt_pkey PRIMARY KEY (id);

alter table call_event add constraint call_event_pkey PRIMARY KEY (id);

alter table call_event add constraint call_event_provider_event_key_key UNIQUE (provider_event_key);

alter table campaign add constraint campaign_allowed_call_end_local_check CHECK ((allowed_call_end_local ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'::text));

alter table campaign add constraint campaign_allowed_call_start_local_check CHECK ((allowed_call_start_local ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'::text));

alter table campaign add constraint campaign_allowed_weekdays_check CHECK ((((cardinality(allowed_weekdays) >= 1) AND (cardinality(allowed_weekdays) <= 7)) AND (allowed_weekdays <@ ARRAY['mon'::text, 'tue'::text, 'wed'::text, 'thu'::text, 'fri'::text, 'sat'::text, 'sun'::text])));

alter table campaign add constraint campaign_created_by_user_id_fkey FOREIGN KEY (created_by_user_id) REFERENCES "user"(id);

alter table campaign add constraint campaign_email_completed_template_id_fkey FOREIGN KEY (email_completed_template_id) REFERENCES email_template(id);

alter table campaign add constraint campaign_email_not_reached_template_id_fkey FOREIGN KEY (email_not_reached_template_id) REFERENCES email_template(id);

alter table campaign add constraint campaign_email_refused_template_id_fkey FOREIGN KEY (email_refused_template_id) REFERENCES email_template(id);

alter table campaign add constraint campaign_max_attempts_check CHECK (((max_attempts >= 1) AND (max_attempts <= 5)));

alter table campaign add constraint campaign_name_check CHECK (((length(name) >= 1) AND (length(name) <= 200)));

alter table campaign add constraint campaign_pkey PRIMARY KEY (id);

alter table campaign add constraint campaign_retry_interval_minutes_check CHECK ((retry_interval_minutes >= 1));

alter table campaign add constraint campaign_scale_1 CHECK (((question_1_type <> 'scale'::question_type) OR ((question_1_scale_min >= 0) AND (question_1_scale_max <= 100) AND (question_1_scale_min < question_1_scale_max))));

alter table campaign add constraint campaign_scale_2 CHECK (((question_2_type <> 'scale'::question_type) OR ((question_2_scale_min >= 0) AND (question_2_scale_max <= 100) AND (question_2_scale_min < question_2_scale_max))));

alter table campaign add constraint campaign_scale_3 CHECK (((question_3_type <> 'scale'::question_type) OR ((question_3_scale_min >= 0) AND (question_3_scale_max <= 100) AND (question_3_scale_min < question_3_scale_max))));

alter table campaign add constraint campaign_window_order CHECK ((allowed_call_start_local < allowed_call_end_local));

alter table consent_record add constraint consent_record_call_attempt_id_fkey FOREIGN KEY (call_attempt_id) REFERENCES call_attempt(id);

alter table consent_record add constraint consent_record_pkey PRIMARY KEY (call_attempt_id);

alter table consumed_message add constraint consumed_message_pkey PRIMARY KEY (consumer, message_key);

alter table contact add constraint contact_aapor_code_check CHECK ((aapor_code ~ '^[1-4]\.[0-9]{1,2}$'::text));

alter table contact add constraint contact_attempts_count_check CHECK (((attempts_count >= 0) AND (attempts_count <= 5)));

alter table contact add constraint contact_campaign_id_fkey FOREIGN KEY (campaign_id) REFERENCES campaign(id);

alter table contact add constraint contact_contact_import_id_fkey FOREIGN KEY (contact_import_id) REFERENCES contact_import(id);

alter table contact add constraint contact_email_length CHECK ((length(email) <= 320)) NOT VALID;

alter table contact add constraint contact_excluded_reason CHECK (((state = 'excluded'::contact_state) = (excluded_reason IS NOT NULL)));

alter table contact add constraint contact_in_progress_has_number CHECK (((phone_number IS NOT NULL) OR (state <> 'in_progress'::contact_state)));

alter table contact add constraint contact_not_reached_reason CHECK (((state = 'not_reached'::contact_state) = (not_reached_reason IS NOT NULL)));

alter table contact add constraint contact_phone_number_check CHECK ((phone_number ~ '^\+[1-9][0-9]{6,14}$'::text));

alter table contact add constraint contact_phone_unique UNIQUE (campaign_id, phone_number);

alter table contact add constraint contact_pkey PRIMARY KEY (id);

alter table contact add constraint contact_reached_check CHECK (((reached >= 0) AND (reached <= 6)));

alter table contact add constraint contact_waits_as_check CHECK (((waits_as >= 0) AND (waits_as <= 4)));

alter table contact add constraint contact_zone_set_id_fkey FOREIGN KEY (zone_set_id) REFERENCES zone_set(id);

alter table contact_count add constraint contact_count_pkey PRIMARY KEY (campaign_id, state, preferred_language, attempted, aapor_code, reached);

alter table contact_count_delta add constraint contact_count_delta_pkey PRIMARY KEY (id);

alter table contact_import add constraint contact_import_campaign_id_fkey FOREIGN KEY (campaign_id) REFERENCES campaign(id);

alter table contact_import add constraint contact_import_counts CHECK (((bytes >= 0) AND (total_rows >= 0) AND (accepted_count >= 0) AND (rejected_count >= 0) AND (duplicate_count >= 0) AND ((excluded_count >= 0) AND (excluded_count <= accepted_count)))) NOT VALID;

alter table contact_import add constraint contact_import_created_by_user_id_fkey FOREIGN KEY (created_by_user_id) REFERENCES "user"(id);

alter table contact_import add constraint contact_import_pkey PRIMARY KEY (id);

alter table contact_import add constraint contact_import_same_file_as_fkey FOREIGN KEY (same_file_as) REFERENCES contact_import(id);

alter table contact_import add constraint contact_import_sum CHECK (((status <> 'completed'::import_status) OR (total_rows = ((accepted_count + rejected_count) + duplicate_count))));

alter table contact_import_error add constraint contact_import_error_contact_import_id_fkey FOREIGN KEY (contact_import_id) REFERENCES contact_import(id) ON DELETE CASCADE;

alter table contact_import_error add constraint contact_import_error_pkey PRIMARY KEY (contact_import_id, line_number, "position");

alter table conversation add constraint conversation_call_attempt_id_fkey FOREIGN KEY (call_attempt_id) REFERENCES call_attempt(id);

alter table conversation add constraint conversation_pkey PRIMARY KEY (call_attempt_id);

alter table email_notification add constraint email_notification_attempts CHECK ((attempts >= 0)) NOT VALID;

alter table email_notification add constraint email_notification_campaign_id_fkey FOREIGN KEY (campaign_id) REFERENCES campaign(id);

alter table email_notification add constraint email_notification_contact_id_fkey FOREIGN KEY (contact_id) REFERENCES contact(id);

alter table email_notification add constraint email_notification_event_id_fkey FOREIGN KEY (event_id) REFERENCES event(id);

alter table email_notification add constraint email_notification_once UNIQUE NULLS NOT DISTINCT (event_id, template_id);

alter table email_notification add constraint email_notification_pkey PRIMARY KEY (id);

alter table email_notification add constraint email_notification_skipped CHECK (((status = 'skipped'::email_status) = (skip_reason IS NOT NULL)));

alter table email_notification add constraint email_notification_template_id_fkey FOREIGN KEY (template_id) REFERENCES email_template(id);

alter table email_template add constraint email_template_name_check CHECK (((length(name) >= 1) AND (length(name) <= 200)));

alter table email_template add constraint email_template_name_unique UNIQUE (name, type, locale);

alter table email_template add constraint email_template_pkey PRIMARY KEY (id);

alter table email_unsubscribe add constraint email_unsubscribe_pkey PRIMARY KEY (email_hash);

alter table erasure add constraint erasure_contact_ids_check CHECK ((cardinality(contact_ids) >= 1));

alter table erasure add constraint erasure_erased_by_user_id_fkey FOREIGN KEY (erased_by_user_id) REFERENCES "user"(id);

alter table erasure add constraint erasure_phone_hash_check CHECK ((length(phone_hash) = 32));

alter table erasure add constraint erasure_pkey PRIMARY KEY (id);

alter table erasure add constraint erasure_stores_check CHECK ((jsonb_typeof(stores) = 'array'::text));

alter table event add constraint event_call_attempt_id_fkey FOREIGN KEY (call_attempt_id) REFERENCES call_attempt(id);

alter table event add constraint event_campaign_id_fkey FOREIGN KEY (campaign_id) REFERENCES campaign(id);

alter table event add constraint event_contact_id_fkey FOREIGN KEY (contact_id) REFERENCES contact(id);

alter table event add constraint event_once_per_contact UNIQUE (contact_id, event_type);

alter table event add constraint event_pkey PRIMARY KEY (id);

alter table exclusion_list_entry add constraint exclusion_list_entry_campaign_id_fkey FOREIGN KEY (campaign_id) REFERENCES campaign(id);

alter table exclusion_list_entry add constraint exclusion_list_entry_phone_number_check CHECK ((phone_number ~ '^\+[1-9][0-9]{6,14}$'::text));

alter table exclusion_list_entry add constraint exclusion_list_entry_pkey PRIMARY KEY (id);

alter table exclusion_list_entry add constraint exclusion_phone_hash_length CHECK ((length(phone_hash) = 32)) NOT VALID;

alter table exclusion_list_entry add constraint exclusion_unique UNIQUE NULLS NOT DISTINCT (phone_hash, campaign_id);

alter table export add constraint export_campaign_id_fkey FOREIGN KEY (campaign_id) REFERENCES campaign(id);

alter table export add constraint export_format_check CHECK ((format = ANY (ARRAY['csv'::text, 'xlsx'::text])));

alter table export add constraint export_pkey PRIMARY KEY (id);

alter table export add constraint export_rows CHECK ((rows >= 0)) NOT VALID;

alter table export add constraint export_user_id_fkey FOREIGN KEY (user_id) REFERENCES "user"(id);

alter table jurisdiction_profile add constraint jurisdiction_profile_caller_id_remark_check CHECK ((length(caller_id_remark) <= 1000));

alter table jurisdiction_profile add constraint jurisdiction_profile_country_check CHECK ((country ~ '^([A-Z]{2}|unknown)$'::text));

alter table jurisdiction_profile add constraint jurisdiction_profile_max_attempts_check CHECK (((max_attempts >= 1) AND (max_attempts <= 5)));

alter table jurisdiction_profile add constraint jurisdiction_profile_max_attempts_per_30_days_check CHECK (((max_attempts_per_30_days >= 1) AND (max_attempts_per_30_days <= 100)));

alter table jurisdiction_profile add constraint jurisdiction_profile_min_gap_minutes_check CHECK ((min_gap_minutes >= 0));

alter table jurisdiction_profile add constraint jurisdiction_profile_pkey PRIMARY KEY (country);

alter table jurisdiction_profile add constraint jurisdiction_profile_register CHECK (((register_name IS NOT NULL) OR (register_max_age_days IS NULL)));

alter table jurisdiction_profile add constraint jurisdiction_profile_register_file_name_check CHECK (((length(register_file_name) >= 1) AND (length(register_file_name) <= 400)));

alter table jurisdiction_profile add constraint jurisdiction_profile_register_max_age_days_check CHECK (((register_max_age_days >= 1) AND (register_max_age_days <= 365)));

alter table jurisdiction_profile add constraint jurisdiction_profile_register_name_check CHECK (((length(register_name) >= 1) AND (length(register_name) <= 200)));

alter table jurisdiction_profile add constraint jurisdiction_profile_saturday CHECK ((((saturday_start IS NULL) = (saturday_end IS NULL)) AND (saturday_start < saturday_end)));

alter table jurisdiction_profile add constraint jurisdiction_profile_saturday_end_check CHECK ((saturday_end ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'::text));

alter table jurisdiction_profile add constraint jurisdiction_profile_saturday_start_check CHECK ((saturday_start ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'::text));

alter table jurisdiction_profile add constraint jurisdiction_profile_sunday CHECK ((((sunday_start IS NULL) = (sunday_end IS NULL)) AND (sunday_start < sunday_end)));

alter table jurisdiction_profile add constraint jurisdiction_profile_sunday_end_check CHECK ((sunday_end ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'::text));

alter table jurisdiction_profile add constraint jurisdiction_profile_sunday_start_check CHECK ((sunday_start ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'::text));

alter table jurisdiction_profile add constraint jurisdiction_profile_updated_by_user_id_fkey FOREIGN KEY (updated_by_user_id) REFERENCES "user"(id);

alter table jurisdiction_profile add constraint jurisdiction_profile_weekday CHECK ((((weekday_start IS NULL) = (weekday_end IS NULL)) AND (weekday_start < weekday_end)));

alter table jurisdiction_profile add constraint jurisdiction_profile_weekday_end_check CHECK ((weekday_end ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'::text));

alter table jurisdiction_profile add constraint jurisdiction_profile_weekday_start_check CHECK ((weekday_start ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'::text));

alter table legal_hold add constraint legal_hold_contact_id_fkey FOREIGN KEY (contact_id) REFERENCES contact(id);

alter table legal_hold add constraint legal_hold_pkey PRIMARY KEY (contact_id);

alter table legal_hold add constraint legal_hold_placed_by_user_id_fkey FOREIGN KEY (placed_by_user_id) REFERENCES "user"(id);

alter table legal_hold add constraint legal_hold_reason_check CHECK (((length(reason) >= 1) AND (length(reason) <= 1000)));

alter table logout_token add constraint logout_token_pkey PRIMARY KEY (jti_hash);

alter table provider_breaker add constraint provider_breaker_pkey PRIMARY KEY (provider_name);

alter table provider_config add constraint provider_config_answer_retention_days_check CHECK (((answer_retention_days >= 1) AND (answer_retention_days <= 3650)));

alter table provider_config add constraint provider_config_calls_per_second_check CHECK (((calls_per_second >= 0.01) AND (calls_per_second <= (1000)::numeric)));

alter table provider_config add constraint provider_config_consent_retention_days_check CHECK (((consent_retention_days >= 1) AND (consent_retention_days <= 3650)));

alter table provider_config add constraint provider_config_default_call_end_local_check CHECK ((default_call_end_local ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'::text));

alter table provider_config add constraint provider_config_default_call_start_local_check CHECK ((default_call_start_local ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'::text));

alter table provider_config add constraint provider_config_default_max_attempts_check CHECK (((default_max_attempts >= 1) AND (default_max_attempts <= 5)));

alter table provider_config add constraint provider_config_default_retry_interval_minutes_check CHECK (((default_retry_interval_minutes >= 1) AND (default_retry_interval_minutes <= 525600)));

alter table provider_config add constraint provider_config_default_weekdays_check CHECK (((cardinality(default_weekdays) > 0) AND (default_weekdays <@ '{mon,tue,wed,thu,fri,sat,sun}'::text[])));

alter table provider_config add constraint provider_config_default_window CHECK ((default_call_start_local < default_call_end_local));

alter table provider_config add constraint provider_config_email_port_check CHECK (((email_port >= 1) AND (email_port <= 65535)));

alter table provider_config add constraint provider_config_email_transport_check CHECK ((email_transport = ANY (ARRAY['smtp'::text, 'ses'::text])));

alter table provider_config add constraint provider_config_id_check CHECK ((id = 1));

alter table provider_config add constraint provider_config_llm_timeout_ms_check CHECK (((llm_timeout_ms >= 50) AND (llm_timeout_ms <= 10000)));

alter table provider_config add constraint provider_config_max_concurrent_calls_check CHECK (((max_concurrent_calls >= 1) AND (max_concurrent_calls <= 10000)));

alter table provider_config add constraint provider_config_outbound_number_check CHECK ((outbound_number ~ '^\+[1-9][0-9]{6,14}$'::text));

alter table provider_config add constraint provider_config_phone_number_retention_days_check CHECK (((phone_number_retention_days >= 1) AND (phone_number_retention_days <= 3650)));

alter table provider_config add constraint provider_config_pkey PRIMARY KEY (id);

alter table provider_config add constraint provider_config_recording_retention_days_check CHECK (((recording_retention_days >= 0) AND (recording_retention_days <= 3650)));

alter table provider_config add constraint provider_config_revision_check CHECK ((revision >= 1));

alter table provider_config add constraint provider_config_transcript_retention_days_check CHECK (((transcript_retention_days >= 1) AND (transcript_retention_days <= 3650)));

alter table provider_deletion add constraint provider_deletion_erasure_id_fkey FOREIGN KEY (erasure_id) REFERENCES erasure(id);

alter table provider_deletion add constraint provider_deletion_once UNIQUE (provider_name, provider_call_id, copy);

alter table provider_deletion add constraint provider_deletion_pkey PRIMARY KEY (id);

alter table provider_deletion add constraint provider_deletion_tries_check CHECK ((tries >= 0));

alter table rehearsal add constraint rehearsal_campaign_id_script_version_fkey FOREIGN KEY (campaign_id, script_version) REFERENCES script_version(campaign_id, version);

alter table rehearsal add constraint rehearsal_ended CHECK (((disposition IS NULL) = (ended_at IS NULL)));

alter table rehearsal add constraint rehearsal_pkey PRIMARY KEY (id);

alter table rehearsal add constraint rehearsal_user_id_fkey FOREIGN KEY (user_id) REFERENCES "user"(id);

alter table rehearsal add constraint rehearsal_utterances_check CHECK ((utterances >= 0));

alter table request_count add constraint request_count_pkey PRIMARY KEY (key_hash);

alter table result_count add constraint result_count_figure_check CHECK ((figure = ANY (ARRAY['attempt'::text, 'latency'::text, 'answer'::text])));

alter table result_count add constraint result_count_pkey PRIMARY KEY (campaign_id, figure, slot, number, value, answered);

alter table result_count_delta add constraint result_count_delta_pkey PRIMARY KEY (id);

alter table retention_sweep add constraint retention_sweep_deleted_check CHECK ((deleted >= 1));

alter table retention_sweep add constraint retention_sweep_pkey PRIMARY KEY (id);

alter table schema_migration add constraint schema_migration_pkey PRIMARY KEY (name);

alter table script_approval add constraint script_approval_approved_by_user_id_fkey FOREIGN KEY (approved_by_user_id) REFERENCES "user"(id);

alter table script_approval add constraint script_approval_campaign_id_script_version_fkey FOREIGN KEY (campaign_id, script_version) REFERENCES script_version(campaign_id, version);

alter table script_approval add constraint script_approval_pkey PRIMARY KEY (campaign_id, script_version, topic);

alter table script_approval add constraint script_approval_reason_check CHECK (((length(reason) >= 1) AND (length(reason) <= 1000)));

alter table script_version add constraint script_version_campaign_id_fkey FOREIGN KEY (campaign_id) REFERENCES campaign(id);

alter table script_version add constraint script_version_pkey PRIMARY KEY (campaign_id, version);

alter table session add constraint session_pkey PRIMARY KEY (id);

alter table session add constraint session_token_hash_key UNIQUE (token_hash);

alter table session add constraint session_user_id_fkey FOREIGN KEY (user_id) REFERENCES "user"(id);

alter table sign_in add constraint sign_in_pkey PRIMARY KEY (state_hash);

alter table survey_response add constraint survey_response_answered CHECK ((((q1_status = 'answered'::answer_status) = (q1_answer IS NOT NULL)) AND ((q2_status = 'answered'::answer_status) = (q2_answer IS NOT NULL)) AND ((q3_status = 'answered'::answer_status) = (q3_answer IS NOT NULL)))) NOT VALID;

alter table survey_response add constraint survey_response_call_attempt_id_fkey FOREIGN KEY (call_attempt_id) REFERENCES call_attempt(id);

alter table survey_response add constraint survey_response_call_attempt_id_key UNIQUE (call_attempt_id);

alter table survey_response add constraint survey_response_campaign_id_fkey FOREIGN KEY (campaign_id) REFERENCES campaign(id);

alter table survey_response add constraint survey_response_confidence CHECK ((((q1_confidence >= (0)::double precision) AND (q1_confidence <= (1)::double precision)) AND ((q2_confidence >= (0)::double precision) AND (q2_confidence <= (1)::double precision)) AND ((q3_confidence >= (0)::double precision) AND (q3_confidence <= (1)::double precision)))) NOT VALID;

alter table survey_response add constraint survey_response_contact_id_fkey FOREIGN KEY (contact_id) REFERENCES contact(id);

alter table survey_response add constraint survey_response_contact_id_key UNIQUE (contact_id);

alter table survey_response add constraint survey_response_pkey PRIMARY KEY (id);

alter table transcript_turn add constraint transcript_turn_call_attempt_id_fkey FOREIGN KEY (call_attempt_id) REFERENCES call_attempt(id);

alter table transcript_turn add constraint transcript_turn_latency CHECK ((latency_ms >= 0)) NOT VALID;

alter table transcript_turn add constraint transcript_turn_pkey PRIMARY KEY (call_attempt_id, "position");

alter table trial_run add constraint trial_run_campaign_id_script_version_fkey FOREIGN KEY (campaign_id, script_version) REFERENCES script_version(campaign_id, version);

alter table trial_run add constraint trial_run_check CHECK (((as_expected >= 0) AND (as_expected <= total)));

alter table trial_run add constraint trial_run_pkey PRIMARY KEY (id);

alter table trial_run add constraint trial_run_total_check CHECK ((total > 0));

alter table trial_run add constraint trial_run_user_id_fkey FOREIGN KEY (user_id) REFERENCES "user"(id);

alter table "user" add constraint user_pkey PRIMARY KEY (id);

alter table "user" add constraint user_subject_unique UNIQUE (oidc_issuer, oidc_sub);

alter table webhook add constraint webhook_created_by_user_id_fkey FOREIGN KEY (created_by_user_id) REFERENCES "user"(id);

alter table webhook add constraint webhook_event_types_check CHECK ((cardinality(event_types) > 0));

alter table webhook add constraint webhook_pkey PRIMARY KEY (id);

alter table webhook_delivery add constraint webhook_delivery_event_id_fkey FOREIGN KEY (event_id) REFERENCES event(id);

alter table webhook_delivery add constraint webhook_delivery_once UNIQUE (webhook_id, event_id);

alter table webhook_delivery add constraint webhook_delivery_pkey PRIMARY KEY (id);

alter table webhook_delivery add constraint webhook_delivery_webhook_id_fkey FOREIGN KEY (webhook_id) REFERENCES webhook(id) ON DELETE CASCADE;

alter table zone_set add constraint zone_set_country_time_zones_key UNIQUE (country, time_zones);

alter table zone_set add constraint zone_set_pkey PRIMARY KEY (id);

-- indexes

CREATE INDEX audit_log_entry_at ON audit_log_entry USING btree (at DESC, id DESC);

CREATE INDEX audit_log_entry_entity ON audit_log_entry USING btree (entity, entity_id, id DESC);

CREATE UNIQUE INDEX audit_log_entry_one_successor ON audit_log_entry USING btree (previous_hash);

CREATE INDEX audit_log_entry_user ON audit_log_entry USING btree (user_id, id DESC);

CREATE INDEX bus_message_due ON bus_message USING btree (topic, visible_at, id) WHERE (receive_count < 5);

CREATE INDEX bus_message_group ON bus_message USING btree (topic, group_key, id) WHERE (group_key IS NOT NULL);

CREATE INDEX call_attempt_campaign ON call_attempt USING btree (campaign_id, started_at);

CREATE INDEX call_attempt_live_by_campaign ON call_attempt USING btree (campaign_id) WHERE (ended_at IS NULL);

CREATE INDEX call_attempt_number ON call_attempt USING btree (phone_number, started_at) WHERE (phone_number IS NOT NULL);

CREATE UNIQUE INDEX call_attempt_one_live_call ON call_attempt USING btree (phone_number) WHERE (ended_at IS NULL);

CREATE INDEX call_attempt_permit ON call_attempt USING btree (dial_permit_at) WHERE (dial_permit_at IS NOT NULL);

CREATE UNIQUE INDEX call_attempt_provider_call ON call_attempt USING btree (provider_name, provider_call_id) WHERE (provider_call_id IS NOT NULL);

CREATE INDEX call_attempt_started ON call_attempt USING btree (started_at);

CREATE INDEX call_event_call ON call_event USING btree (call_id, id);

CREATE INDEX call_event_recording ON call_event USING btree (occurred_at) WHERE (payload ? 'RecordingSid'::text);

CREATE INDEX campaign_created ON campaign USING btree (created_at DESC) WHERE (deleted_at IS NULL);

CREATE INDEX campaign_running ON campaign USING btree (id) WHERE (status = 'running'::campaign_status);

CREATE INDEX consent_record_decided ON consent_record USING btree (decided_at);

CREATE INDEX contact_by_attempts ON contact USING btree (campaign_id, attempts_count, id);

CREATE INDEX contact_by_code ON contact USING btree (campaign_id, aapor_code) WHERE (aapor_code <> '3.11'::text);

CREATE INDEX contact_by_external_id ON contact USING btree (campaign_id, lower(external_contact_id) text_pattern_ops) WHERE (external_contact_id IS NOT NULL);

CREATE INDEX contact_by_last_attempt ON contact USING btree (campaign_id, last_attempt_at, id);

CREATE INDEX contact_by_next_attempt ON contact USING btree (campaign_id, next_attempt_at, id);

CREATE INDEX contact_by_number_end ON contact USING btree (campaign_id, "right"(phone_number, 4));

CREATE INDEX contact_by_outcome ON contact USING btree (campaign_id, last_outcome) WHERE (last_outcome IS NOT NULL);

CREATE INDEX contact_claim ON contact USING btree (campaign_id, zone_set_id, waits_as, next_attempt_at NULLS FIRST, id) WHERE (state = 'pending'::contact_state);

CREATE INDEX contact_claim_again ON contact USING btree (campaign_id, zone_set_id, attempts_count, next_attempt_at, id) WHERE ((state = 'not_reached'::contact_state) AND (not_reached_reason = 'attempts_used_up'::not_reached_reason));

CREATE INDEX contact_email ON contact USING btree (lower(email)) WHERE (email IS NOT NULL);

CREATE INDEX contact_list ON contact USING btree (campaign_id, created_at, id);

CREATE INDEX contact_phone ON contact USING btree (phone_number text_pattern_ops);

CREATE INDEX contact_state ON contact USING btree (campaign_id, state);

CREATE INDEX contact_terminal ON contact USING btree (campaign_id, id) WHERE (state = ANY (ARRAY['completed'::contact_state, 'refused'::contact_state, 'not_reached'::contact_state, 'excluded'::contact_state]));

CREATE INDEX contact_waiting_again ON contact USING btree (campaign_id, attempts_count) WHERE ((state = 'pending'::contact_state) AND (attempts_count > 0));

CREATE INDEX contact_with_number ON contact USING btree (campaign_id) WHERE (phone_number IS NOT NULL);

CREATE INDEX contact_count_delta_campaign ON contact_count_delta USING btree (campaign_id);

CREATE INDEX contact_import_campaign ON contact_import USING btree (campaign_id, created_at DESC);

CREATE INDEX email_notification_contact ON email_notification USING btree (contact_id);

CREATE INDEX email_notification_due ON email_notification USING btree (next_send_at) WHERE (status = ANY (ARRAY['pending'::email_status, 'sending'::email_status]));

CREATE INDEX email_notification_list ON email_notification USING btree (created_at DESC, id DESC);

CREATE INDEX email_notification_status ON email_notification USING btree (status, created_at DESC, id DESC);

CREATE UNIQUE INDEX email_template_default_unique ON email_template USING btree (type, locale) WHERE is_default;

CREATE INDEX erasure_newest ON erasure USING btree (erased_at DESC, id);

CREATE INDEX event_outbox ON event USING btree (created_at, id) WHERE (published_at IS NULL);

CREATE INDEX export_campaign ON export USING btree (campaign_id, created_at DESC);

CREATE INDEX provider_deletion_due ON provider_deletion USING btree (next_try_at) WHERE (confirmed_at IS NULL);

CREATE INDEX provider_deletion_erasure ON provider_deletion USING btree (erasure_id);

CREATE INDEX rehearsal_campaign ON rehearsal USING btree (campaign_id, started_at DESC, id DESC);

CREATE INDEX rehearsal_words ON rehearsal USING btree (updated_at) WHERE (scene IS NOT NULL);

CREATE INDEX result_count_delta_campaign ON result_count_delta USING btree (campaign_id);

CREATE INDEX retention_sweep_newest ON retention_sweep USING btree (swept_at DESC, id);

CREATE INDEX session_by_sid ON session USING btree (oidc_sid) WHERE (revoked_at IS NULL);

CREATE INDEX session_by_user ON session USING btree (user_id) WHERE (revoked_at IS NULL);

CREATE INDEX survey_response_completed ON survey_response USING btree (completed_at);

CREATE INDEX survey_response_latest ON survey_response USING btree (campaign_id, completed_at DESC);

CREATE INDEX transcript_turn_created ON transcript_turn USING btree (created_at);

CREATE INDEX trial_run_campaign ON trial_run USING btree (campaign_id, started_at DESC, id DESC);

CREATE UNIQUE INDEX user_email_unique ON "user" USING btree (lower(email));

CREATE INDEX webhook_delivery_due ON webhook_delivery USING btree (next_attempt_at) WHERE (status = 'pending'::webhook_delivery_status);

CREATE INDEX webhook_delivery_leased ON webhook_delivery USING btree (lease_until) WHERE (status = 'sending'::webhook_delivery_status);

CREATE INDEX webhook_delivery_list ON webhook_delivery USING btree (webhook_id, created_at DESC, id DESC);

-- functions

CREATE OR REPLACE FUNCTION audit_head_moves()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  update audit_head set entries = entries + 1, last_id = new.id, hash = new.hash;
  return null;
end $function$
;

CREATE OR REPLACE FUNCTION call_attempt_final()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if old.ended_at is not null and (new.outcome is distinct from old.outcome or new.disposition is distinct from old.disposition
      or new.ended_at is distinct from old.ended_at) then
    raise exception 'call % is settled', old.call_id using errcode = 'check_violation', constraint = 'call_attempt_settled';
  end if;
  return new;
end $function$
;

CREATE OR REPLACE FUNCTION call_reach(a call_attempt)
 RETURNS smallint
 LANGUAGE sql
 STABLE
AS $function$
  select (case
    when exists (select from survey_response r where r.call_attempt_id = a.id) then 6
    when q.furthest is not null then 2 + q.furthest
    when k.decision = 'granted' then 2
    when k.decision is not null or a.answered_at is not null then 1 else 0 end)::smallint
  from (select max(question) as furthest from call_answer where call_attempt_id = a.id) q
  left join consent_record k on k.call_attempt_id = a.id
$function$
;

CREATE OR REPLACE FUNCTION callable_zone_sets(p_campaign_id uuid)
 RETURNS SETOF integer
 LANGUAGE sql
 STABLE
AS $function$
  with recursive waiting as (
    (select zone_set_id from contact where campaign_id = p_campaign_id and state = 'pending'
      order by zone_set_id limit 1)
    union all
    select (select k.zone_set_id from contact k where k.campaign_id = p_campaign_id and k.state = 'pending'
      and k.zone_set_id > w.zone_set_id order by k.zone_set_id limit 1)
    from waiting w where w.zone_set_id is not null
  ), used_up as (
    (select zone_set_id from contact where campaign_id = p_campaign_id
      and state = 'not_reached' and not_reached_reason = 'attempts_used_up' order by zone_set_id limit 1)
    union all
    select (select k.zone_set_id from contact k where k.campaign_id = p_campaign_id
      and k.state = 'not_reached' and k.not_reached_reason = 'attempts_used_up'
      and k.zone_set_id > u.zone_set_id order by k.zone_set_id limit 1)
    from used_up u where u.zone_set_id is not null
  )
  select zone_set_id from waiting where zone_set_id is not null
  union
  select zone_set_id from used_up where zone_set_id is not null
$function$
;

CREATE OR REPLACE FUNCTION campaign_guard_deletion()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if new.deleted_at is not null and new.status not in ('draft', 'completed', 'cancelled') then
    raise exception 'campaign % cannot be deleted while it is %', new.id, new.status
      using errcode = 'check_violation', constraint = 'campaign_bad_move';
  end if;
  return new;
end $function$
;

CREATE OR REPLACE FUNCTION campaign_guard_move()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
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
end $function$
;

CREATE OR REPLACE FUNCTION claim_contacts(p_now timestamp with time zone, p_max_concurrent integer, p_per_second numeric, p_want integer, p_provider_name text, p_lease_seconds integer, p_campaign_ids uuid[], p_zone_set_ids integer[])
 RETURNS SETOF uuid
 LANGUAGE sql
AS $function$
  select claim_contacts(p_now, p_max_concurrent, p_per_second, p_want, p_provider_name, p_lease_seconds,
    p_campaign_ids, p_zone_set_ids, array_fill(3::smallint, array[cardinality(p_zone_set_ids)]))
$function$
;

CREATE OR REPLACE FUNCTION claim_contacts(p_now timestamp with time zone, p_max_concurrent integer, p_per_second numeric, p_want integer, p_provider_name text, p_lease_seconds integer, p_campaign_ids uuid[], p_zone_set_ids integer[], p_parts smallint[])
 RETURNS SETOF uuid
 LANGUAGE plpgsql
 SET plan_cache_mode TO 'force_generic_plan'
 SET jit TO 'off'
 SET enable_seqscan TO 'off'
AS $function$
declare
  free integer;
begin
  perform pg_advisory_xact_lock(7340002);
  select least(p_want, p_max_concurrent - count(*), free_permits(p_now, p_per_second)) into free
    from call_attempt where ended_at is null;
  if free <= 0 then return; end if;

  return query
  with open as (
    select o.campaign_id, array_agg(o.zone_set_id order by o.place) as zone_set_ids, array_agg(o.part order by o.place) as parts
    from unnest(p_campaign_ids, p_zone_set_ids, p_parts) with ordinality as o(campaign_id, zone_set_id, part, place)
    group by o.campaign_id
  ),
  due as materialized (
    select k.id, k.phone_number, k.part, k.place, c.id as campaign_id
    from open join campaign c on c.id = open.campaign_id and c.status = 'running' and c.deleted_at is null
      -- without an approved wording there is nothing to say
      and exists (select from script_version v where v.campaign_id = c.id and v.version = c.script_version)
    cross join lateral due_contacts(c, open.zone_set_ids, open.parts, p_now, free) k
  ),
  one_per_number as (
    select distinct on (d.phone_number) d.* from due d order by d.phone_number, d.place, d.id
  ),
  -- Fair between campaigns: the next line goes to the one that holds the fewest.
  lines as (
    select a.campaign_id, count(*) as live from call_attempt a where a.ended_at is null group by a.campaign_id
  ),
  turn as (
    select o.id, o.part, o.place,
      row_number() over (partition by o.campaign_id order by o.place) + coalesce(l.live, 0) as line
    from one_per_number o left join lines l on l.campaign_id = o.campaign_id
  ),
  chosen as (
    select t.id, t.part from turn t order by t.line, t.place, t.id limit free
  ),
  -- Whoever else changes one of these now (an exclusion, an erasure) has it; the state is asked again on the locked row.
  held as (
    select k.id, chosen.part from chosen join contact k on k.id = chosen.id
    where k.state = 'pending' or (k.state = 'not_reached' and k.not_reached_reason = 'attempts_used_up')
    for update of k skip locked
  ),
  moved as (
    update contact k
    set state = 'in_progress', not_reached_reason = null, attempts_count = k.attempts_count + 1,
        last_attempt_at = p_now, waits_as = held.part, updated_at = p_now
    from held where k.id = held.id
    returning k.id, k.campaign_id, k.attempts_count, k.phone_number, k.preferred_language
  )
  insert into call_attempt as a (id, call_id, contact_id, campaign_id, attempt_number, phone_number, lease_until,
    provider_name, started_at, dial_permit_at, script_version, language)
  select new_id(), new_id(), m.id, m.campaign_id, m.attempts_count, m.phone_number,
    p_now + make_interval(secs => p_lease_seconds), p_provider_name, p_now, p_now, c.script_version,
    -- The contact's own language where the approved script has texts in it.
    case when m.preferred_language <> 'auto' and s.content ? m.preferred_language::text
      then m.preferred_language::text::language else c.language end
  from moved m join campaign c on c.id = m.campaign_id
  join script_version s on s.campaign_id = c.id and s.version = c.script_version
  returning a.call_id;
end $function$
;

CREATE OR REPLACE FUNCTION claim_redials(p_now timestamp with time zone, p_per_second numeric, p_want integer, p_lease_seconds integer)
 RETURNS SETOF uuid
 LANGUAGE plpgsql
AS $function$
declare
  free integer;
begin
  perform pg_advisory_xact_lock(7340002);
  free := least(p_want, free_permits(p_now, p_per_second));
  if free <= 0 then return; end if;
  return query
  update call_attempt a
  set lease_until = p_now + make_interval(secs => p_lease_seconds), next_dial_at = null, dial_permit_at = p_now
  where a.id in (
    select r.id from call_attempt r
    where r.ended_at is null and r.dial_state = 'reserved'
      and coalesce(r.next_dial_at, r.lease_until, p_now) <= p_now
    order by r.id limit free for update skip locked)
  returning a.call_id;
end $function$
;

CREATE OR REPLACE FUNCTION contact_cells(p_campaign_ids uuid[])
 RETURNS TABLE(campaign_id uuid, state contact_state, preferred_language preferred_language, attempted boolean, aapor_code text, reached smallint, contacts bigint)
 LANGUAGE sql
 STABLE
AS $function$
  select p.campaign_id, p.state, p.preferred_language, p.attempted, p.aapor_code, p.reached, sum(p.contacts)::bigint
  from (
    select f.campaign_id, f.state, f.preferred_language, f.attempted, f.aapor_code, f.reached, f.contacts
      from contact_count f where f.campaign_id = any(p_campaign_ids)
    union all
    select d.campaign_id, d.state, d.preferred_language, d.attempted, d.aapor_code, d.reached, d.contacts
      from contact_count_delta d where d.campaign_id = any(p_campaign_ids)
  ) p
  group by 1, 2, 3, 4, 5, 6
$function$
;

CREATE OR REPLACE FUNCTION contact_count_deleted()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  insert into contact_count_delta (campaign_id, state, preferred_language, attempted, aapor_code, reached, contacts)
  select campaign_id, state, preferred_language, attempts_count > 0, aapor_code, reached, -count(*)
  from old_rows group by 1, 2, 3, 4, 5, 6;
  return null;
end $function$
;

CREATE OR REPLACE FUNCTION contact_count_inserted()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  insert into contact_count_delta (campaign_id, state, preferred_language, attempted, aapor_code, reached, contacts)
  select campaign_id, state, preferred_language, attempts_count > 0, aapor_code, reached, count(*)
  from new_rows group by 1, 2, 3, 4, 5, 6;
  return null;
end $function$
;

CREATE OR REPLACE FUNCTION contact_count_updated()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  insert into contact_count_delta (campaign_id, state, preferred_language, attempted, aapor_code, reached, contacts)
  select campaign_id, state, preferred_language, attempted, aapor_code, reached, sum(one)
  from (
    select campaign_id, state, preferred_language, attempts_count > 0 as attempted, aapor_code, reached, 1 as one from new_rows
    union all
    select campaign_id, state, preferred_language, attempts_count > 0, aapor_code, reached, -1 from old_rows) changed
  group by 1, 2, 3, 4, 5, 6 having sum(one) <> 0;
  return null;
end $function$
;

CREATE OR REPLACE FUNCTION contact_counts(p_campaign_ids uuid[])
 RETURNS TABLE(campaign_id uuid, state contact_state, preferred_language preferred_language, contacts bigint)
 LANGUAGE sql
 STABLE
AS $function$
  select c.campaign_id, c.state, c.preferred_language, sum(c.contacts)::bigint from contact_cells(p_campaign_ids) c
  group by 1, 2, 3
$function$
;

CREATE OR REPLACE FUNCTION contact_guard_move()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if new.state <> old.state and not (case old.state
    when 'pending' then new.state in ('in_progress', 'excluded', 'not_reached')
    when 'in_progress' then new.state in ('pending', 'completed', 'refused', 'not_reached', 'excluded')
    when 'not_reached' then old.not_reached_reason = 'attempts_used_up' and new.state in ('in_progress', 'excluded')
    else false end) then
    raise exception 'contact % cannot go from % to %', old.id, old.state, new.state
      using errcode = 'check_violation', constraint = 'contact_bad_move';
  end if;
  return new;
end $function$
;

CREATE OR REPLACE FUNCTION contact_zone_source()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  update contact
    set time_zone_source = case when new.time_zone is null then 'none' else 'campaign' end::time_zone_source
    where campaign_id = new.id and time_zone_source in ('none', 'campaign');
  return null;
end $function$
;

CREATE OR REPLACE FUNCTION count_attempt(a call_attempt, one integer)
 RETURNS void
 LANGUAGE sql
AS $function$
  insert into result_count_delta (campaign_id, figure, slot, number, value, answered, entries, talk_us)
  values (a.campaign_id, 'attempt', date_bin('15 minutes', a.started_at, '2000-01-01 00:00+00'), a.attempt_number,
    a.outcome::text, a.answered_at is not null, one,
    one * coalesce(round(extract(epoch from a.ended_at - a.answered_at) * 1000000), 0)::bigint)
$function$
;

CREATE OR REPLACE FUNCTION count_turn(t transcript_turn, one integer)
 RETURNS void
 LANGUAGE sql
AS $function$
  insert into result_count_delta (campaign_id, figure, number, entries)
  select a.campaign_id, 'latency', t.latency_ms, one from call_attempt a where a.id = t.call_attempt_id
$function$
;

CREATE OR REPLACE FUNCTION counted_answers(r survey_response)
 RETURNS TABLE(number integer, value text)
 LANGUAGE sql
 STABLE
AS $function$
  select q.number, case when q.type = 'free_text' then '' else q.answer end
  from campaign c cross join lateral (values
    (1, c.question_1_type, r.q1_answer), (2, c.question_2_type, r.q2_answer), (3, c.question_3_type, r.q3_answer)
  ) q (number, type, answer)
  where c.id = r.campaign_id and q.answer is not null
$function$
;

CREATE OR REPLACE FUNCTION due_contacts(p_campaign campaign, p_zone_set_ids integer[], p_parts smallint[], p_now timestamp with time zone, p_want integer)
 RETURNS TABLE(id uuid, phone_number text, part smallint, place bigint)
 LANGUAGE sql
 STABLE
AS $function$
  select due.id, due.phone_number, due.part, row_number() over ()
  from (
    select k.id, k.phone_number, open.part
    from unnest(p_zone_set_ids, p_parts) as open(zone_set_id, part)
    cross join lateral (
      select n.id, n.phone_number from contact n
      where n.campaign_id = p_campaign.id and n.zone_set_id = open.zone_set_id and n.state = 'pending'
        and n.waits_as = 0 and n.next_attempt_at <= p_now
        and n.attempts_count < p_campaign.max_attempts
        and (select a.id from call_attempt a where a.phone_number = n.phone_number and a.ended_at is null) is null
      order by n.next_attempt_at nulls first, n.id limit p_want) k
    union all
    select k.id, k.phone_number, open.part
    from unnest(p_zone_set_ids, p_parts) as open(zone_set_id, part)
    cross join (values (2::smallint), (3::smallint), (4::smallint)) as kind(waits_as)
    cross join lateral (
      select n.id, n.phone_number from contact n
      where n.campaign_id = p_campaign.id and n.zone_set_id = open.zone_set_id and n.state = 'pending'
        and n.waits_as = kind.waits_as
        and n.next_attempt_at <= case when kind.waits_as = open.part then p_now - interval '20 hours' else p_now end
        and n.attempts_count < p_campaign.max_attempts
        and (select a.id from call_attempt a where a.phone_number = n.phone_number and a.ended_at is null) is null
      order by n.next_attempt_at nulls first, n.id limit p_want) k
    union all
    select k.id, k.phone_number, open.part
    from unnest(p_zone_set_ids, p_parts) as open(zone_set_id, part)
    cross join lateral (
      select n.id, n.phone_number from contact n
      where n.campaign_id = p_campaign.id and n.zone_set_id = open.zone_set_id and n.state = 'pending'
        and n.waits_as = 1 and (n.next_attempt_at is null or n.next_attempt_at <= p_now)
        and n.attempts_count < p_campaign.max_attempts
        and (select a.id from call_attempt a where a.phone_number = n.phone_number and a.ended_at is null) is null
      order by n.next_attempt_at nulls first, n.id limit p_want) k
    union all
    select k.id, k.phone_number, open.part
    from unnest(p_zone_set_ids, p_parts) as open(zone_set_id, part)
    cross join lateral (
      select n.id, n.phone_number from contact n
      where n.campaign_id = p_campaign.id and n.zone_set_id = open.zone_set_id and n.state = 'pending'
        and n.waits_as = open.part and n.next_attempt_at <= p_now and n.next_attempt_at > p_now - interval '20 hours'
        and n.attempts_count < p_campaign.max_attempts
        and (select a.id from call_attempt a where a.phone_number = n.phone_number and a.ended_at is null) is null
      order by n.next_attempt_at nulls first, n.id limit p_want) k
    union all
    select k.id, k.phone_number, open.part
    from unnest(p_zone_set_ids, p_parts) as open(zone_set_id, part)
    cross join lateral (
      select n.id, n.phone_number from contact n
      where n.campaign_id = p_campaign.id and n.zone_set_id = open.zone_set_id and n.state = 'not_reached' and n.not_reached_reason = 'attempts_used_up'
        and n.last_attempt_at + make_interval(mins => p_campaign.retry_interval_minutes) <= p_now
        and n.attempts_count < p_campaign.max_attempts
        and (select a.id from call_attempt a where a.phone_number = n.phone_number and a.ended_at is null) is null
      order by n.attempts_count, n.next_attempt_at, n.id limit p_want) k
  ) due
  limit p_want
$function$
;

CREATE OR REPLACE FUNCTION fold_contact_counts()
 RETURNS integer
 LANGUAGE plpgsql
AS $function$
declare
  folded integer;
begin
  if not pg_try_advisory_xact_lock(7340003) then return 0; end if;
  with taken as (
    delete from contact_count_delta
    returning campaign_id, state, preferred_language, attempted, aapor_code, reached, contacts
  ), summed as (
    select campaign_id, state, preferred_language, attempted, aapor_code, reached, sum(contacts)::bigint as contacts,
      count(*) as deltas
    from taken group by 1, 2, 3, 4, 5, 6
  ), kept as (
    insert into contact_count as c (campaign_id, state, preferred_language, attempted, aapor_code, reached, contacts)
    select campaign_id, state, preferred_language, attempted, aapor_code, reached, contacts from summed
    order by 1, 2, 3, 4, 5, 6
    on conflict (campaign_id, state, preferred_language, attempted, aapor_code, reached)
      do update set contacts = c.contacts + excluded.contacts
  )
  select coalesce(sum(deltas), 0)::integer into folded from summed;
  return folded;
end $function$
;

CREATE OR REPLACE FUNCTION fold_result_counts()
 RETURNS integer
 LANGUAGE plpgsql
AS $function$
declare
  folded integer;
begin
  if not pg_try_advisory_xact_lock(7340004) then return 0; end if;
  with taken as (
    delete from result_count_delta returning campaign_id, figure, slot, number, value, answered, entries, talk_us
  ), summed as (
    select campaign_id, figure, slot, number, value, answered, sum(entries)::bigint as entries,
      sum(talk_us)::bigint as talk_us, count(*) as deltas
    from taken group by 1, 2, 3, 4, 5, 6
  ), kept as (
    insert into result_count as c (campaign_id, figure, slot, number, value, answered, entries, talk_us)
    select campaign_id, figure, slot, number, value, answered, entries, talk_us from summed order by 1, 2, 3, 4, 5, 6
    on conflict (campaign_id, figure, slot, number, value, answered)
      do update set entries = c.entries + excluded.entries, talk_us = c.talk_us + excluded.talk_us
  )
  select coalesce(sum(deltas), 0)::integer into folded from summed;
  return folded;
end $function$
;

CREATE OR REPLACE FUNCTION free_permits(p_now timestamp with time zone, p_per_second numeric)
 RETURNS integer
 LANGUAGE sql
AS $function$
  -- Below one call a second the interval grows instead of the number shrinking to nothing.
  select floor(greatest(p_per_second, 1))::integer - count(*)::integer
  from call_attempt
  where dial_permit_at > p_now - make_interval(secs => greatest(1, 1 / p_per_second)::double precision)
$function$
;

CREATE OR REPLACE FUNCTION ingest_call_events(p_provider text, p_now timestamp with time zone, p_events jsonb)
 RETURNS TABLE(n integer, call_id uuid, fate text)
 LANGUAGE plpgsql
 SET enable_seqscan TO 'off'
AS $function$
begin
  return query
  with given as materialized (
    select distinct on (e.key) e.*
    from jsonb_to_recordset(p_events) as e(n integer, key text, given_call_id uuid, provider_call_id text, type text,
      raw_status text, occurred_at timestamptz, payload jsonb)
    order by e.key, e.given_call_id nulls last, e.n
  ), known as materialized (
    -- By our own id where the provider gave it back, else by the provider's.
    -- Row by row along the indexes: a plan for many rows would read all calls there are for the few that are asked for.
    select g.*, a.id as attempt_id, a.call_id
    from given g left join lateral (
      (select c.id, c.call_id from call_attempt c where c.call_id = g.given_call_id limit 1)
      union all
      (select c.id, c.call_id from call_attempt c where g.given_call_id is null and c.provider_name = p_provider
        and c.provider_call_id = g.provider_call_id limit 1)
      limit 1
    ) a on true
  ), held as materialized (
    -- One order for everybody, so that two batches never wait for each other in a circle.
    select a.id, a.provider_call_id, a.ended_at from call_attempt a
    where a.id = any(array(select k.attempt_id from known k)) order by a.id for update
  ), stored as materialized (
    insert into call_event (provider, provider_event_key, call_id, type, occurred_at, received_at, is_anomaly, payload)
    select p_provider, k.key, k.call_id, k.type, k.occurred_at, p_now,
      h.id is not null and (h.ended_at is not null or h.provider_call_id <> k.provider_call_id) is true, k.payload
    from known k left join held h on h.id = k.attempt_id
    order by k.key
    -- A repeat is no news, unless the fact came before anybody knew whose it was.
    on conflict (provider_event_key) do update
      set call_id = excluded.call_id, is_anomaly = excluded.is_anomaly
      where call_event.call_id is null and excluded.call_id is not null
    returning provider_event_key, is_anomaly
  ), fates as materialized (
    select k.n, k.attempt_id, k.call_id, k.type, k.provider_call_id, k.raw_status, k.occurred_at,
      case when k.attempt_id is null then 'unknown' when s.is_anomaly then 'anomaly' else 'applied' end as fate
    from stored s join known k on k.key = s.provider_event_key
  ), merged as (
    select f.attempt_id, min(f.provider_call_id) as provider_call_id,
      max(array_position(array['initiated', 'ringing', 'answered'], f.type)) as rank,
      (array_agg(f.raw_status order by array_position(array['initiated', 'ringing', 'answered'], f.type) desc nulls last))[1]
        as raw_status,
      min(f.occurred_at) filter (where f.type = 'answered') as answered_at,
      bool_or(f.type = 'machine_detected') as is_machine, bool_or(f.type = 'human_detected') as is_human
    from fates f where f.fate = 'applied' group by f.attempt_id
  ), moved as (
    update call_attempt a set
      -- Whoever speaks of the call has it: an answer to the dial that was lost is found again here.
      provider_call_id = m.provider_call_id, dial_state = 'placed', error_code = null, last_fact_at = p_now,
      provider_status = case when m.rank > coalesce(array_position(
          array['initiated', 'ringing', 'answered', 'completed', 'failed', 'no_answer', 'busy'], a.provider_status::text), 0)
        then (array['initiated', 'ringing', 'answered'])[m.rank]::provider_status else a.provider_status end,
      provider_raw_status = case when m.rank > coalesce(array_position(
          array['initiated', 'ringing', 'answered', 'completed', 'failed', 'no_answer', 'busy'], a.provider_status::text), 0)
        then m.raw_status else a.provider_raw_status end,
      answered_at = least(a.answered_at, m.answered_at),
      answered_by = case when m.is_machine then 'machine'
        when m.is_human and a.answered_by is distinct from 'machine' then 'human' else a.answered_by end
    from merged m where a.id = m.attempt_id
  )
  select f.n, f.call_id, f.fate from fates f;
end $function$
;

CREATE OR REPLACE FUNCTION new_id()
 RETURNS uuid
 LANGUAGE sql
AS $function$
  select encode(set_bit(set_bit(
    overlay(uuid_send(gen_random_uuid()) placing
      substring(int8send((extract(epoch from clock_timestamp()) * 1000)::bigint) from 3) from 1 for 6),
    52, 1), 53, 1), 'hex')::uuid
$function$
;

CREATE OR REPLACE FUNCTION recode_contacts()
 RETURNS integer
 LANGUAGE plpgsql
AS $function$
declare
  changed integer;
begin
  with rule (disposition, code, rank) as (values
    ('completed', '1.1', -1), ('refusal', '2.11', -1), ('opt_out', '2.11', -1), ('invalid_number', '4.3', -1),
    ('break_off', '2.12', 0), ('callback_requested', '2.2', 1), ('no_explicit_consent', '2.3', 2),
    ('wrong_person', '2.3', 2), ('language_barrier', '2.3', 2), ('minor', '2.3', 2), ('answering_machine', '3.14', 3),
    ('no_answer', '3.13', 4), ('busy', '3.12', 5), ('technical', '3.16', 6), ('dial_unknown', '3.16', 6),
    ('blocked', '3.16', 6)),
  tried as (
    select distinct on (a.contact_id) a.contact_id, rule.code from call_attempt a
    join rule on rule.disposition = a.disposition::text where a.ended_at is not null order by a.contact_id, rule.rank),
  far as (
    select a.contact_id, max(call_reach(a)) as reached from call_attempt a where a.ended_at is not null group by 1),
  stand as (
    select c.id, coalesce(far.reached, 0) as reached, case
        when c.state = 'completed' then '1.1'
        when c.state = 'refused' then '2.11'
        when c.not_reached_reason = 'invalid_number' then '4.3'
        when c.not_reached_reason in ('wrong_person', 'language_barrier', 'minor') then '2.3'
        else coalesce(tried.code, '3.11') end as aapor_code
    from contact c left join tried on tried.contact_id = c.id left join far on far.contact_id = c.id)
  -- How far somebody came is not taken back: the answers that showed it may have been deleted in time.
  update contact c set reached = greatest(c.reached, s.reached), aapor_code = s.aapor_code
    from stand s where s.id = c.id and (c.reached < s.reached or c.aapor_code <> s.aapor_code);
  get diagnostics changed = row_count;
  return changed;
end $function$
;

CREATE OR REPLACE FUNCTION recount_contacts()
 RETURNS integer
 LANGUAGE plpgsql
AS $function$
declare
  wrong integer;
begin
  lock table contact in share row exclusive mode;
  perform pg_advisory_xact_lock(7340003);
  insert into contact_count_delta (campaign_id, state, preferred_language, attempted, aapor_code, reached, contacts)
  select campaign_id, state, preferred_language, attempted, aapor_code, reached,
    coalesce(truth.contacts, 0) - coalesce(counted.contacts, 0)
  from (
    select campaign_id, state, preferred_language, attempts_count > 0 as attempted, aapor_code, reached, count(*) as contacts
    from contact group by 1, 2, 3, 4, 5, 6) truth
  full join (
    select campaign_id, state, preferred_language, attempted, aapor_code, reached, sum(contacts) as contacts
    from (select * from contact_count
      union all select campaign_id, state, preferred_language, contacts, attempted, aapor_code, reached
      from contact_count_delta) both_parts
    group by 1, 2, 3, 4, 5, 6
  ) counted using (campaign_id, state, preferred_language, attempted, aapor_code, reached)
  where coalesce(truth.contacts, 0) <> coalesce(counted.contacts, 0);
  get diagnostics wrong = row_count;
  return wrong;
end $function$
;

CREATE OR REPLACE FUNCTION recount_results()
 RETURNS integer
 LANGUAGE plpgsql
AS $function$
declare
  wrong integer;
begin
  lock table call_attempt, transcript_turn, survey_response in share row exclusive mode;
  perform pg_advisory_xact_lock(7340004);
  insert into result_count_delta (campaign_id, figure, slot, number, value, answered, entries, talk_us)
  select campaign_id, figure, slot, number, value, answered, coalesce(truth.entries, 0) - coalesce(counted.entries, 0),
    coalesce(truth.talk_us, 0) - coalesce(counted.talk_us, 0)
  from result_truth truth
  full join (
    select campaign_id, figure, slot, number, value, answered, sum(entries)::bigint as entries, sum(talk_us)::bigint as talk_us
    from (select * from result_count
      union all select campaign_id, figure, slot, number, value, answered, entries, talk_us from result_count_delta) both_parts
    group by 1, 2, 3, 4, 5, 6
  ) counted using (campaign_id, figure, slot, number, value, answered)
  where coalesce(truth.entries, 0) <> coalesce(counted.entries, 0)
    or coalesce(truth.talk_us, 0) <> coalesce(counted.talk_us, 0);
  get diagnostics wrong = row_count;
  return wrong;
end $function$
;

CREATE OR REPLACE FUNCTION refuse_change()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  raise exception '% rows are immutable', tg_table_name using errcode = 'restrict_violation';
end $function$
;

CREATE OR REPLACE FUNCTION result_cells(p_campaign_id uuid)
 RETURNS TABLE(figure text, slot timestamp with time zone, number integer, value text, answered boolean, entries bigint, talk_us bigint)
 LANGUAGE sql
 STABLE
AS $function$
  select p.figure, p.slot, p.number, p.value, p.answered, sum(p.entries)::bigint, sum(p.talk_us)::bigint
  from (
    select f.figure, f.slot, f.number, f.value, f.answered, f.entries, f.talk_us
      from result_count f where f.campaign_id = p_campaign_id
    union all
    select d.figure, d.slot, d.number, d.value, d.answered, d.entries, d.talk_us
      from result_count_delta d where d.campaign_id = p_campaign_id
  ) p
  group by 1, 2, 3, 4, 5 having sum(p.entries) <> 0
$function$
;

CREATE OR REPLACE FUNCTION result_count_answers()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if tg_op <> 'INSERT' then
    insert into result_count_delta (campaign_id, figure, number, value, entries)
    select old.campaign_id, 'answer', a.number, a.value, -1 from counted_answers(old) a;
  end if;
  if tg_op <> 'DELETE' then
    insert into result_count_delta (campaign_id, figure, number, value, entries)
    select new.campaign_id, 'answer', a.number, a.value, 1 from counted_answers(new) a;
  end if;
  return null;
end $function$
;

CREATE OR REPLACE FUNCTION result_count_attempt()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if tg_op = 'DELETE' then
    perform count_attempt(old, -1);
  else
    perform count_attempt(new, 1);
  end if;
  return null;
end $function$
;

CREATE OR REPLACE FUNCTION result_count_turn()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if tg_op <> 'INSERT' and old.latency_ms is not null then perform count_turn(old, -1); end if;
  if tg_op <> 'DELETE' and new.latency_ms is not null then perform count_turn(new, 1); end if;
  return null;
end $function$
;

-- triggers

CREATE TRIGGER audit_log_entry_head AFTER INSERT ON audit_log_entry FOR EACH ROW EXECUTE FUNCTION audit_head_moves();

CREATE TRIGGER audit_log_entry_kept BEFORE DELETE OR UPDATE ON audit_log_entry FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TRIGGER audit_log_entry_not_emptied BEFORE TRUNCATE ON audit_log_entry FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TRIGGER audit_seal_kept BEFORE DELETE OR UPDATE ON audit_seal FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TRIGGER audit_seal_not_emptied BEFORE TRUNCATE ON audit_seal FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TRIGGER call_attempt_final BEFORE UPDATE ON call_attempt FOR EACH ROW EXECUTE FUNCTION call_attempt_final();

CREATE TRIGGER result_count_attempt_added AFTER INSERT ON call_attempt FOR EACH ROW WHEN ((new.outcome IS NOT NULL)) EXECUTE FUNCTION result_count_attempt();

CREATE TRIGGER result_count_attempt_ended AFTER UPDATE OF outcome ON call_attempt FOR EACH ROW WHEN (((old.outcome IS NULL) AND (new.outcome IS NOT NULL))) EXECUTE FUNCTION result_count_attempt();

CREATE TRIGGER result_count_attempt_gone AFTER DELETE ON call_attempt FOR EACH ROW WHEN ((old.outcome IS NOT NULL)) EXECUTE FUNCTION result_count_attempt();

CREATE TRIGGER campaign_guard_deletion BEFORE UPDATE OF deleted_at, status ON campaign FOR EACH ROW EXECUTE FUNCTION campaign_guard_deletion();

CREATE TRIGGER campaign_guard_move BEFORE UPDATE OF status ON campaign FOR EACH ROW EXECUTE FUNCTION campaign_guard_move();

CREATE TRIGGER contact_zone_source AFTER UPDATE OF time_zone ON campaign FOR EACH ROW WHEN (((old.time_zone IS NULL) IS DISTINCT FROM (new.time_zone IS NULL))) EXECUTE FUNCTION contact_zone_source();

CREATE TRIGGER contact_count_deleted AFTER DELETE ON contact REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION contact_count_deleted();

CREATE TRIGGER contact_count_inserted AFTER INSERT ON contact REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION contact_count_inserted();

CREATE TRIGGER contact_count_updated AFTER UPDATE ON contact REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION contact_count_updated();

CREATE TRIGGER contact_guard_move BEFORE UPDATE OF state ON contact FOR EACH ROW EXECUTE FUNCTION contact_guard_move();

CREATE TRIGGER script_approval_immutable BEFORE UPDATE ON script_approval FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TRIGGER script_approval_kept BEFORE DELETE ON script_approval FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TRIGGER script_version_immutable BEFORE UPDATE ON script_version FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TRIGGER script_version_kept BEFORE DELETE ON script_version FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TRIGGER result_count_answers AFTER INSERT OR DELETE OR UPDATE OF q1_answer, q2_answer, q3_answer ON survey_response FOR EACH ROW EXECUTE FUNCTION result_count_answers();

CREATE TRIGGER result_count_turn_added AFTER INSERT ON transcript_turn FOR EACH ROW WHEN ((new.latency_ms IS NOT NULL)) EXECUTE FUNCTION result_count_turn();

CREATE TRIGGER result_count_turn_changed AFTER UPDATE OF latency_ms ON transcript_turn FOR EACH ROW WHEN ((old.latency_ms IS DISTINCT FROM new.latency_ms)) EXECUTE FUNCTION result_count_turn();

CREATE TRIGGER result_count_turn_gone AFTER DELETE ON transcript_turn FOR EACH ROW WHEN ((old.latency_ms IS NOT NULL)) EXECUTE FUNCTION result_count_turn();
