-- How many contacts a campaign has in each state, in one indexed look however many there are; and who approved what.

-- Every statement that changes contacts leaves what it changed as a few delta rows, and a fold adds them up now and then.
-- There is no row that two writers would wait for: not the claim, not an import, not a thousand settlements.
-- No foreign keys: their check would lock the campaign's row at every change of a contact; campaigns are never removed.
create table contact_count (
  campaign_id uuid not null,
  state contact_state not null,
  preferred_language preferred_language not null,
  contacts bigint not null,
  primary key (campaign_id, state, preferred_language)
);
create table contact_count_delta (
  id bigint generated always as identity primary key,
  campaign_id uuid not null,
  state contact_state not null,
  preferred_language preferred_language not null,
  contacts bigint not null
);
create index contact_count_delta_campaign on contact_count_delta (campaign_id); -- what a reader adds to the folded counts

-- The truth at any moment: folded and not yet folded in one snapshot, so that a fold in between is never seen by half.
create function contact_counts(p_campaign_ids uuid[])
returns table (campaign_id uuid, state contact_state, preferred_language preferred_language, contacts bigint)
language sql stable as $$
  select both_parts.campaign_id, both_parts.state, both_parts.preferred_language, sum(both_parts.contacts)::bigint
  from (
    select f.campaign_id, f.state, f.preferred_language, f.contacts from contact_count f
      where f.campaign_id = any(p_campaign_ids)
    union all
    select d.campaign_id, d.state, d.preferred_language, d.contacts from contact_count_delta d
      where d.campaign_id = any(p_campaign_ids)
  ) both_parts
  group by 1, 2, 3
$$;

create function contact_count_inserted() returns trigger language plpgsql as $$
begin
  insert into contact_count_delta (campaign_id, state, preferred_language, contacts)
  select campaign_id, state, preferred_language, count(*) from new_rows group by 1, 2, 3;
  return null;
end $$;
create function contact_count_updated() returns trigger language plpgsql as $$
begin
  insert into contact_count_delta (campaign_id, state, preferred_language, contacts)
  select campaign_id, state, preferred_language, sum(one)
  from (select campaign_id, state, preferred_language, 1 as one from new_rows
    union all select campaign_id, state, preferred_language, -1 from old_rows) changed
  group by 1, 2, 3 having sum(one) <> 0;
  return null;
end $$;
create function contact_count_deleted() returns trigger language plpgsql as $$
begin
  insert into contact_count_delta (campaign_id, state, preferred_language, contacts)
  select campaign_id, state, preferred_language, -count(*) from old_rows group by 1, 2, 3;
  return null;
end $$;
create trigger contact_count_inserted after insert on contact
  referencing new table as new_rows for each statement execute function contact_count_inserted();
create trigger contact_count_updated after update on contact
  referencing old table as old_rows new table as new_rows for each statement execute function contact_count_updated();
create trigger contact_count_deleted after delete on contact
  referencing old table as old_rows for each statement execute function contact_count_deleted();

-- Adds the deltas up; one folder at a time, whoever comes second goes away. In key order, so that no two could cross.
create function fold_contact_counts() returns integer language plpgsql volatile as $$
declare
  folded integer;
begin
  if not pg_try_advisory_xact_lock(7340003) then return 0; end if;
  with taken as (
    delete from contact_count_delta returning campaign_id, state, preferred_language, contacts
  ), summed as (
    select campaign_id, state, preferred_language, sum(contacts)::bigint as contacts, count(*) as deltas
    from taken group by 1, 2, 3
  ), kept as (
    insert into contact_count as c (campaign_id, state, preferred_language, contacts)
    select campaign_id, state, preferred_language, contacts from summed order by 1, 2, 3
    on conflict (campaign_id, state, preferred_language) do update set contacts = c.contacts + excluded.contacts
  )
  select coalesce(sum(deltas), 0)::integer into folded from summed;
  return folded;
end $$;

-- Counts everything anew, for an operator who trusts nothing: writers of contacts wait meanwhile (half a second for a
-- million). Answers how many counts were wrong. The lock comes first: the statements after it see all that was committed.
create function recount_contacts() returns integer language plpgsql volatile as $$
declare
  wrong integer;
begin
  lock table contact in share row exclusive mode;
  perform pg_advisory_xact_lock(7340003);
  insert into contact_count_delta (campaign_id, state, preferred_language, contacts)
  select campaign_id, state, preferred_language, coalesce(truth.contacts, 0) - coalesce(counted.contacts, 0)
  from (select campaign_id, state, preferred_language, count(*) as contacts from contact group by 1, 2, 3) truth
  full join (
    select campaign_id, state, preferred_language, sum(contacts) as contacts
    from (select campaign_id, state, preferred_language, contacts from contact_count
      union all select campaign_id, state, preferred_language, contacts from contact_count_delta) both_parts
    group by 1, 2, 3
  ) counted using (campaign_id, state, preferred_language)
  where coalesce(truth.contacts, 0) <> coalesce(counted.contacts, 0);
  get diagnostics wrong = row_count;
  return wrong;
end $$;

-- The triggers above hold the writers off until this migration commits, so what is counted here is all there is.
insert into contact_count (campaign_id, state, preferred_language, contacts)
  select campaign_id, state, preferred_language, count(*) from contact group by 1, 2, 3;

-- An administrator's word on a sensitive topic, for exactly this wording; reworded or with another topic it is none.
create table script_approval (
  campaign_id uuid not null,
  script_version integer not null,
  topic topic not null,
  approved_by_user_id uuid not null references "user",
  reason text not null check (length(reason) between 1 and 1000),
  approved_at timestamptz not null,
  primary key (campaign_id, script_version, topic),
  foreign key (campaign_id, script_version) references script_version (campaign_id, version)
);
create trigger script_approval_immutable before update on script_approval for each row execute function refuse_change();

-- What was spoken and what was approved stays: a version that could be removed could be written anew.
create trigger script_version_kept before delete on script_version for each row execute function refuse_change();
create trigger script_approval_kept before delete on script_approval for each row execute function refuse_change();

-- Nothing that is at work can be deleted, whatever the code does. A trigger, not a check: to add one would lock the
-- table against every reader, while calls go on.
create function campaign_guard_deletion() returns trigger language plpgsql as $$
begin
  if new.deleted_at is not null and new.status not in ('draft', 'completed', 'cancelled') then
    raise exception 'campaign % cannot be deleted while it is %', new.id, new.status
      using errcode = 'check_violation', constraint = 'campaign_bad_move';
  end if;
  return new;
end $$;
create trigger campaign_guard_deletion before update of deleted_at, status on campaign
  for each row execute function campaign_guard_deletion();
