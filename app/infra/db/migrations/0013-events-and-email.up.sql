-- A consumer's inbox: a message that it has dealt with is known by its key and dealt with once.
create table consumed_message (
  consumer text not null,
  message_key uuid not null,
  consumed_at timestamptz not null,
  primary key (consumer, message_key)
);

-- Messages of one group (a contact) are delivered in order: a later one waits until the earlier one is done or dead.
alter table bus_message add column group_key text;
create index bus_message_group on bus_message (topic, group_key, id) where group_key is not null;
-- What was received five times in vain waits for a person; it must not stand in the way of what is due.
create index bus_message_due on bus_message (topic, visible_at, id) where receive_count < 5;
drop index bus_message_visible;
-- Every row is written, leased and deleted within moments: what is left of it is tidied by number, not by share.
alter table bus_message set (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000);

-- E-mail addresses that want no further mail, by keyed hash: the wish outlives the address.
create table email_unsubscribe (
  email_hash bytea primary key,
  created_at timestamptz not null
);

alter table provider_config drop constraint provider_config_email_transport_check;
alter table provider_config add constraint provider_config_email_transport_check
  check (email_transport in ('smtp', 'ses'));

create index email_notification_list on email_notification (created_at desc, id desc);
create index email_notification_status on email_notification (status, created_at desc, id desc);

-- Who is told of survey events over HTTP, and what became of each telling.
create type webhook_delivery_status as enum ('pending', 'sending', 'delivered', 'dead');
create table webhook (
  id uuid primary key,
  url text not null,
  description text not null default '',
  event_types survey_event_type[] not null check (cardinality(event_types) > 0),
  is_active boolean not null default true,
  inactive_reason text, -- why the system switched it off
  secret jsonb not null, -- { sealed, last_four }
  previous_secret jsonb, -- signs as well until previous_secret_until, so that a new one needs no gap
  previous_secret_until timestamptz,
  created_by_user_id uuid not null references "user",
  created_at timestamptz not null,
  updated_at timestamptz not null
);
create table webhook_delivery (
  id uuid primary key,
  webhook_id uuid not null references webhook on delete cascade,
  event_id uuid not null references event,
  status webhook_delivery_status not null default 'pending',
  attempts integer not null default 0,
  next_attempt_at timestamptz,
  lease_until timestamptz,
  response_status integer,
  error_message text,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  constraint webhook_delivery_once unique (webhook_id, event_id)
);
create index webhook_delivery_due on webhook_delivery (next_attempt_at) where status = 'pending';
create index webhook_delivery_leased on webhook_delivery (lease_until) where status = 'sending';
create index webhook_delivery_list on webhook_delivery (webhook_id, created_at desc, id desc);
