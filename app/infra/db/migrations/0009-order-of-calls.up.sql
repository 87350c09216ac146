-- What a waiting contact waits as: 0 for the time it asked for, 1 for its first call, 2, 3, 4 after a call in the morning,
-- afternoon or evening of its own time. Whoever was not reached in the morning is more likely reached in the evening.
alter table contact add column waits_as smallint not null default 1 check (waits_as between 0 and 4);

-- Equality on it keeps the order of the rest, so that each kind is read in order and no further than needed.
drop index contact_claim;
create index contact_claim on contact (campaign_id, zone_set_id, waits_as, next_attempt_at nulls first, id)
  where state = 'pending';
-- Waiting contacts that have no attempt left since the campaign allows fewer; fresh ones are not in it.
create index contact_waiting_again on contact (campaign_id, attempts_count) where state = 'pending' and attempts_count > 0;

-- Live attempts are few, ended ones many: the lines that a campaign holds are counted among the former only.
create index call_attempt_live_by_campaign on call_attempt (campaign_id) where ended_at is null;
-- It takes the place of one by id: ids only grow, so what ended stayed in front of every count until the next vacuum.
drop index call_attempt_live;

-- Whoever was claimed leaves a dead entry in front of the queue, which every claim passes over until it is vacuumed:
-- sooner than at a fifth of a million rows.
alter table contact set (autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_threshold = 1000);
alter table call_attempt set (autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_threshold = 1000);

-- The next contacts of one campaign, best first: who asked for this time; retries, first those of another part of the day
-- (one that is overdue by most of a day counts as such); fresh ones; retries of this same part; those whose campaign was
-- given more attempts. Within each the zone sets in the order given. Rows are read until there are enough and no further.
-- Whether a number is on the line is a subquery of its own: as `not exists` it is compared with every live call.
create function due_contacts(
  p_campaign campaign, p_zone_set_ids integer[], p_parts smallint[], p_now timestamptz, p_want integer
) returns table (id uuid, phone_number text, part smallint, place bigint) language sql stable as $$
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
$$;

-- The claim as before (lock first, then count, then claim), with the order above. `p_parts`: 2, 3 or 4, what part of the
-- day it is for each open pair.
create function claim_contacts(
  p_now timestamptz, p_max_concurrent integer, p_per_second numeric, p_want integer, p_provider_name text,
  p_lease_seconds integer, p_campaign_ids uuid[], p_zone_set_ids integer[], p_parts smallint[]
) returns setof uuid language plpgsql volatile
-- One plan for all calls: planning this anew costs more than running it (measured: 2.3 of 4.5 ms). It may be made while
-- the tables are still empty, so what is right for an empty table is ruled out.
set plan_cache_mode = force_generic_plan set jit = off set enable_seqscan = off as $$
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
end $$;

-- The signature of the version before, for its processes during a roll-out: to it every hour is afternoon.
create or replace function claim_contacts(
  p_now timestamptz, p_max_concurrent integer, p_per_second numeric, p_want integer, p_provider_name text,
  p_lease_seconds integer, p_campaign_ids uuid[], p_zone_set_ids integer[]
) returns setof uuid language sql volatile as $$
  select claim_contacts(p_now, p_max_concurrent, p_per_second, p_want, p_provider_name, p_lease_seconds,
    p_campaign_ids, p_zone_set_ids, array_fill(3::smallint, array[cardinality(p_zone_set_ids)]))
$$;

create or replace function contact_guard_move() returns trigger language plpgsql as $$
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
end $$;
