-- How the settings were changed last, counted; and whether this installation asks about politics at all.
alter table provider_config
  add column revision integer not null default 1 check (revision >= 1),
  add column politics_allowed boolean not null default false;

-- What the law of a country asks of a call, as defaults for counsel to confirm; `unknown` is every country without a row.
create type profile_mode as enum ('advise', 'enforce');
create table jurisdiction_profile (
  country text primary key check (country ~ '^([A-Z]{2}|unknown)$'),
  mode profile_mode not null default 'advise',
  prior_consent_needed boolean not null,
  -- [start, end] of each kind of day in the respondent's own time; null = nobody is called. The eve of a public holiday
  -- has Saturday's hours.
  weekday_start text check (weekday_start ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'),
  weekday_end text check (weekday_end ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'),
  saturday_start text check (saturday_start ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'),
  saturday_end text check (saturday_end ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'),
  sunday_start text check (sunday_start ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'),
  sunday_end text check (sunday_end ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'),
  public_holidays_allowed boolean not null default false,
  max_attempts smallint not null check (max_attempts between 1 and 5),
  min_gap_minutes integer not null check (min_gap_minutes >= 0),
  max_attempts_per_30_days smallint not null check (max_attempts_per_30_days between 1 and 100),
  -- The register of objections that must be asked, and how old its answer may be; null = none.
  register_name text check (length(register_name) between 1 and 200),
  register_max_age_days smallint check (register_max_age_days between 1 and 365),
  register_checked_at timestamptz,
  register_file_name text check (length(register_file_name) between 1 and 400),
  caller_id_remark text not null default '' check (length(caller_id_remark) <= 1000),
  updated_at timestamptz not null default now(),
  updated_by_user_id uuid references "user" (id),
  constraint jurisdiction_profile_weekday check ((weekday_start is null) = (weekday_end is null) and weekday_start < weekday_end),
  constraint jurisdiction_profile_saturday check ((saturday_start is null) = (saturday_end is null) and saturday_start < saturday_end),
  constraint jurisdiction_profile_sunday check ((sunday_start is null) = (sunday_end is null) and sunday_start < sunday_end),
  constraint jurisdiction_profile_register check (register_name is not null or register_max_age_days is null)
);
insert into jurisdiction_profile (country, prior_consent_needed, weekday_start, weekday_end, saturday_start, saturday_end,
    max_attempts, min_gap_minutes, max_attempts_per_30_days, register_name, register_max_age_days, caller_id_remark) values
  ('IT', true, '09:00', '20:00', '10:00', '19:00', 5, 240, 5, 'Registro pubblico delle opposizioni', 15,
    '0844 for market research, 0843 for statistics, or a number that can be identified and called back; calls from abroad that show an Italian number are blocked.'),
  ('GB', false, '09:00', '20:00', '10:00', '18:00', 5, 240, 5, 'TPS', null,
    'The number shown must be one that can be called back.'),
  ('US', true, '09:00', '21:00', '09:00', '21:00', 5, 240, 3, 'DNC, reassigned numbers, state lists', null,
    'An opt-out line and a number to call back; STIR/SHAKEN attestation A needs a number assigned to the account.'),
  ('unknown', true, '10:00', '18:00', null, null, 3, 1440, 3, null, null,
    'No rules are known for this country: let counsel look before calling there.');

-- Calls to one number, for the limits per number and thirty days.
create index call_attempt_number on call_attempt (phone_number, started_at) where phone_number is not null;

-- Promises that code keeps, held by the database as well.
alter table exclusion_list_entry add constraint exclusion_phone_hash_length check (length(phone_hash) = 32) not valid;
alter table audit_log_entry add constraint audit_hash_length
  check (length(hash) = 32 and length(previous_hash) = 32) not valid;
alter table contact_import add constraint contact_import_counts check (bytes >= 0 and total_rows >= 0
  and accepted_count >= 0 and rejected_count >= 0 and duplicate_count >= 0 and excluded_count between 0 and accepted_count) not valid;
alter table export add constraint export_rows check (rows >= 0) not valid;
alter table contact add constraint contact_email_length check (length(email) <= 320) not valid;
alter table survey_response add constraint survey_response_answered check (
  (q1_status = 'answered') = (q1_answer is not null) and (q2_status = 'answered') = (q2_answer is not null)
  and (q3_status = 'answered') = (q3_answer is not null)) not valid;
alter table survey_response add constraint survey_response_confidence check (q1_confidence between 0 and 1
  and q2_confidence between 0 and 1 and q3_confidence between 0 and 1) not valid;
alter table call_answer add constraint call_answer_answered check ((status = 'answered') = (answer is not null)) not valid;
alter table transcript_turn add constraint transcript_turn_latency check (latency_ms >= 0) not valid;
alter table email_notification add constraint email_notification_attempts check (attempts >= 0) not valid;
