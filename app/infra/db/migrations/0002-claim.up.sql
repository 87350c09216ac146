-- Who is called next: the claim, and what it needs to be one round trip that keeps every limit.

-- UUIDv7 (RFC 9562) without PostgreSQL 18: the milliseconds in front, version bits set over a random v4.
create function new_id() returns uuid language sql volatile as $$
  select encode(set_bit(set_bit(
    overlay(uuid_send(gen_random_uuid()) placing
      substring(int8send((extract(epoch from clock_timestamp()) * 1000)::bigint) from 3) from 1 for 6),
    52, 1), 53, 1), 'hex')::uuid
$$;

-- Contacts whose attempts are used up leave the queue of the claim: there may be a million of them, and they count
-- again only when the campaign allows more attempts, which the second index finds without reading the others.
drop index contact_claim;
create index contact_claim on contact (campaign_id, zone_set_id, next_attempt_at nulls first, id)
  where state = 'pending';
create index contact_claim_again on contact (campaign_id, zone_set_id, attempts_count, next_attempt_at, id)
  where state = 'not_reached' and not_reached_reason = 'attempts_used_up';

-- The right to send one dial request: given at the claim, and again for each further try of the same attempt.
alter table call_attempt add column dial_permit_at timestamptz;
alter table call_attempt add column dial_tries smallint not null default 0;
create index call_attempt_permit on call_attempt (dial_permit_at) where dial_permit_at is not null;

-- What the conversation decided, beside its state, so that the settlement needs to read no dialogue.
alter table conversation add column disposition disposition;
alter table conversation add column callback_at timestamptz;
alter table conversation add column connects smallint not null default 0; -- documents handed out: one, and again after a lost socket

-- While the account itself is refused nobody is dialled, by any scheduler.
create table provider_breaker (
  provider_name text primary key,
  open_until timestamptz not null,
  reason text not null
);

-- Every (campaign, zone set) with contacts to call, by hopping along the indexes: cost per set, not per contact.
create function callable_zone_sets(p_campaign_id uuid) returns setof integer language sql stable as $$
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
$$;

-- How many dial requests may still go out now. Called under the claim's lock only.
create function free_permits(p_now timestamptz, p_per_second numeric) returns integer language sql volatile as $$
  -- Below one call a second the interval grows instead of the number shrinking to nothing.
  select floor(greatest(p_per_second, 1))::integer - count(*)::integer
  from call_attempt
  where dial_permit_at > p_now - make_interval(secs => greatest(1, 1 / p_per_second)::double precision)
$$;

-- The claim, the declared exception to "one slice writes a table": the contact moves and its attempt opens together.
-- Lock first, then count, then claim: each statement of this function has a snapshot of its own, so it sees every
-- claim committed before the lock was had. (As one statement the snapshot is older than the lock: measured, eight
-- claimers opened 80 calls at a limit of 10.)
create function claim_contacts(
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

-- Attempts that hold a line but were not dialled: whose process died, or whose back-off is over. Same lock, same rate.
create function claim_redials(
  p_now timestamptz, p_per_second numeric, p_want integer, p_lease_seconds integer
) returns setof uuid language plpgsql volatile as $$
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
end $$;
