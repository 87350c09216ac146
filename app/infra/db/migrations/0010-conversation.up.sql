-- While the last words of a call are being understood, its end waits for them: until then at the latest.
alter table conversation add column hearing_until timestamptz;

-- Stores facts of calls that end nothing, each once, and moves their calls by rank: all that wait in one round trip.
-- p_events: [{ n, key, given_call_id, provider_call_id, type, raw_status, occurred_at, payload }]. Answers what became of
-- each that was news: 'applied', 'unknown' (nobody's call) or 'anomaly' (of a settled or another call).
create function ingest_call_events(p_provider text, p_now timestamptz, p_events jsonb)
returns table (n integer, call_id uuid, fate text) language plpgsql volatile
-- A plan that was made while there were few calls must not read all of them once there are many.
set enable_seqscan = off as $$
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
end $$;
