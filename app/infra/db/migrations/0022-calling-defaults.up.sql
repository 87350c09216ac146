-- The calling rules with which a new campaign begins where nothing else is said; what each may be is the campaign's own
-- check once more.
alter table provider_config
  add column default_max_attempts smallint not null default 3 check (default_max_attempts between 1 and 5),
  add column default_retry_interval_minutes integer not null default 60
    check (default_retry_interval_minutes between 1 and 525600),
  add column default_call_start_local text not null default '09:00'
    check (default_call_start_local ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'),
  add column default_call_end_local text not null default '20:00'
    check (default_call_end_local ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'),
  add column default_weekdays text[] not null default '{mon,tue,wed,thu,fri}'
    check (cardinality(default_weekdays) > 0 and default_weekdays <@ '{mon,tue,wed,thu,fri,sat,sun}'::text[]),
  add column default_call_on_public_holidays boolean not null default false,
  add column default_time_zone text,
  add constraint provider_config_default_window check (default_call_start_local < default_call_end_local);
