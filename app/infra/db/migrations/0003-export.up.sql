-- Every export, for "who took what, when and why"; the hash lets anybody prove that a file is the one that was taken.
create type export_status as enum ('running', 'completed', 'failed');
create table export (
  id uuid primary key,
  campaign_id uuid not null references campaign,
  user_id uuid not null references "user",
  format text not null check (format in ('csv', 'xlsx')),
  reason text,
  status export_status not null default 'running',
  rows integer,
  sha256 text,
  created_at timestamptz not null,
  finished_at timestamptz
);
create index export_campaign on export (campaign_id, created_at desc);

-- One row per contact in a terminal state, in the order in which contacts came.
create index contact_terminal on contact (campaign_id, id) where state in ('completed', 'refused', 'not_reached', 'excluded');
