alter table contact reset (autovacuum_vacuum_scale_factor, autovacuum_vacuum_threshold);
alter table call_attempt reset (autovacuum_vacuum_scale_factor, autovacuum_vacuum_threshold);
drop function claim_contacts(
  timestamptz, integer, numeric, integer, text, integer, uuid[], integer[], smallint[]);
drop function due_contacts(campaign, integer[], smallint[], timestamptz, integer);

create or replace function claim_contacts(
  p_now timestamptz, p_max_concurrent integer, p_per_second numeric, p_want integer, p_provider_name text,
  p_lease_seconds integer, p_campaign_ids uuid[], p_zone_set_ids integer[]
) returns setof uuid language plpgsql volatile as $$
declare
  free integer;
begin
  perform pg_advisory_xact_lock(7340002);
  select least(p_want, p_max_concurrent - count(*), free_permits(p_now, p_per_second)) into free
    from call_attempt where ended_at is null;
  if free <= 0 then return; end if;

  return query
  with due as (
    select k.id, k.campaign_id, k.phone_number, k.next_attempt_at
    from unnest(p_campaign_ids, p_zone_set_ids) as open(campaign_id, zone_set_id)
    join campaign c on c.id = open.campaign_id and c.status = 'running' and c.deleted_at is null
      -- without an approved wording there is nothing to say
      and exists (select from script_version v where v.campaign_id = c.id and v.version = c.script_version)
    cross join lateral (
      (select n.id, n.campaign_id, n.phone_number, n.next_attempt_at from contact n
        where n.campaign_id = open.campaign_id and n.zone_set_id = open.zone_set_id and n.state = 'pending'
          and (n.next_attempt_at is null or n.next_attempt_at <= p_now) and n.attempts_count < c.max_attempts
          and not exists (select from call_attempt a where a.phone_number = n.phone_number and a.ended_at is null)
        order by n.next_attempt_at nulls first, n.id limit free)
      union all
      (select n.id, n.campaign_id, n.phone_number, n.next_attempt_at from contact n
        where n.campaign_id = open.campaign_id and n.zone_set_id = open.zone_set_id
          and n.state = 'not_reached' and n.not_reached_reason = 'attempts_used_up'
          and n.attempts_count < c.max_attempts
          and n.last_attempt_at + make_interval(mins => c.retry_interval_minutes) <= p_now
          and not exists (select from call_attempt a where a.phone_number = n.phone_number and a.ended_at is null)
        order by n.attempts_count, n.next_attempt_at, n.id limit free)
    ) k
  ),
  one_per_number as (
    select distinct on (d.phone_number) d.* from due d
    order by d.phone_number, d.next_attempt_at nulls first, d.id
  ),
  -- Fair between campaigns: the next line goes to the one that holds the fewest.
  turn as (
    select o.id, o.next_attempt_at,
      row_number() over (partition by o.campaign_id order by o.next_attempt_at nulls first, o.id)
      + (select count(*) from call_attempt a where a.ended_at is null and a.campaign_id = o.campaign_id) as line
    from one_per_number o
  ),
  chosen as (
    select t.id from turn t order by t.line, t.next_attempt_at nulls first, t.id limit free
  ),
  -- Whoever else changes one of these now (an exclusion, an erasure) has it; the state is asked again on the locked row.
  held as (
    select k.id from contact k where k.id in (select chosen.id from chosen)
      and (k.state = 'pending' or (k.state = 'not_reached' and k.not_reached_reason = 'attempts_used_up'))
    for update skip locked
  ),
  moved as (
    update contact k
    set state = 'in_progress', not_reached_reason = null, attempts_count = k.attempts_count + 1,
        last_attempt_at = p_now, updated_at = p_now
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

create index call_attempt_live on call_attempt (id) where ended_at is null;
drop index call_attempt_live_by_campaign;
drop index contact_waiting_again;
drop index contact_claim;
create index contact_claim on contact (campaign_id, zone_set_id, next_attempt_at nulls first, id)
  where state = 'pending';
alter table contact drop column waits_as;

create or replace function contact_guard_move() returns trigger language plpgsql as $$
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
