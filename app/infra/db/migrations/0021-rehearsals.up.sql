-- Calls that ring nobody: somebody of the staff, or the scripted respondents of a trial run, against one script version.
create table rehearsal (
  id uuid primary key,
  campaign_id uuid not null,
  script_version integer not null,
  language language not null,
  -- The wording could still change when it was rehearsed.
  is_draft boolean not null,
  user_id uuid not null references "user",
  interpreter text not null,
  -- The conversation so far, any process goes on from it; null once it is over its time (as a call's transcript).
  scene jsonb,
  revision integer not null default 1,
  utterances integer not null default 0 check (utterances >= 0),
  disposition disposition,
  started_at timestamptz not null,
  updated_at timestamptz not null,
  ended_at timestamptz,
  foreign key (campaign_id, script_version) references script_version (campaign_id, version),
  constraint rehearsal_ended check ((disposition is null) = (ended_at is null))
);
-- The list of a campaign, newest first, and the checklist's look for this very wording.
create index rehearsal_campaign on rehearsal (campaign_id, started_at desc, id desc);
create index rehearsal_words on rehearsal (updated_at) where scene is not null; -- what retention looks for

create table trial_run (
  id uuid primary key,
  campaign_id uuid not null,
  script_version integer not null,
  language language not null,
  is_draft boolean not null,
  user_id uuid not null references "user",
  interpreter text not null,
  -- [{ respondent, expected, actual, is_as_expected, turns }]; scripted words only, nobody's data.
  results jsonb not null,
  total integer not null check (total > 0),
  as_expected integer not null check (as_expected between 0 and total),
  started_at timestamptz not null,
  ended_at timestamptz not null,
  foreign key (campaign_id, script_version) references script_version (campaign_id, version)
);
create index trial_run_campaign on trial_run (campaign_id, started_at desc, id desc);
