-- The figures of a campaign, read in a few milliseconds however many contacts it has: what can be counted once a contact
-- or a call changes is counted then (docs/decisions/0016).

-- Where a contact stands by the Standard Definitions, and how far its calls came; written when a call is settled.
alter table contact
  add column aapor_code text not null default '3.11' check (aapor_code ~ '^[1-4]\.[0-9]{1,2}$'),
  -- 1 answered, 2 consent, 3 to 5 so many questions resolved, 6 completed
  add column reached smallint not null default 0 check (reached between 0 and 6);

-- How far one call came, by what is kept of it.
create function call_reach(a call_attempt) returns smallint language sql stable as $$
  select (case
    when exists (select from survey_response r where r.call_attempt_id = a.id) then 6
    when q.furthest is not null then 2 + q.furthest
    when k.decision = 'granted' then 2
    when k.decision is not null or a.answered_at is not null then 1 else 0 end)::smallint
  from (select max(question) as furthest from call_answer where call_attempt_id = a.id) q
  left join consent_record k on k.call_attempt_id = a.id
$$;

-- From the calls themselves, for what an older version settled during a roll-out; answers how many contacts were changed.
create function recode_contacts() returns integer language plpgsql volatile as $$
declare
  changed integer;
begin
  with rule (disposition, code, rank) as (values
    ('completed', '1.1', -1), ('refusal', '2.11', -1), ('opt_out', '2.11', -1), ('invalid_number', '4.3', -1),
    ('break_off', '2.12', 0), ('callback_requested', '2.2', 1), ('no_explicit_consent', '2.3', 2),
    ('wrong_person', '2.3', 2), ('language_barrier', '2.3', 2), ('minor', '2.3', 2), ('answering_machine', '3.14', 3),
    ('no_answer', '3.13', 4), ('busy', '3.12', 5), ('technical', '3.16', 6), ('dial_unknown', '3.16', 6),
    ('blocked', '3.16', 6)),
  tried as (
    select distinct on (a.contact_id) a.contact_id, rule.code from call_attempt a
    join rule on rule.disposition = a.disposition::text where a.ended_at is not null order by a.contact_id, rule.rank),
  far as (
    select a.contact_id, max(call_reach(a)) as reached from call_attempt a where a.ended_at is not null group by 1),
  stand as (
    select c.id, coalesce(far.reached, 0) as reached, case
        when c.state = 'completed' then '1.1'
        when c.state = 'refused' then '2.11'
        when c.not_reached_reason = 'invalid_number' then '4.3'
        when c.not_reached_reason in ('wrong_person', 'language_barrier', 'minor') then '2.3'
        else coalesce(tried.code, '3.11') end as aapor_code
    from contact c left join tried on tried.contact_id = c.id left join far on far.contact_id = c.id)
  -- How far somebody came is not taken back: the answers that showed it may have been deleted in time.
  update contact c set reached = greatest(c.reached, s.reached), aapor_code = s.aapor_code
    from stand s where s.id = c.id and (c.reached < s.reached or c.aapor_code <> s.aapor_code);
  get diagnostics changed = row_count;
  return changed;
end $$;
select recode_contacts();

-- The counters of contacts learn the three new marks: a few hundred cells a campaign at the most.
drop trigger contact_count_inserted on contact;
drop trigger contact_count_updated on contact;
drop trigger contact_count_deleted on contact;
truncate contact_count, contact_count_delta;
alter table contact_count drop constraint contact_count_pkey,
  add column attempted boolean not null, add column aapor_code text not null, add column reached smallint not null,
  add primary key (campaign_id, state, preferred_language, attempted, aapor_code, reached);
alter table contact_count_delta
  add column attempted boolean not null, add column aapor_code text not null, add column reached smallint not null;

-- Folded and not yet folded in one snapshot, so that a fold in between is never seen by half.
create function contact_cells(p_campaign_ids uuid[])
returns table (campaign_id uuid, state contact_state, preferred_language preferred_language, attempted boolean,
  aapor_code text, reached smallint, contacts bigint)
language sql stable as $$
  select p.campaign_id, p.state, p.preferred_language, p.attempted, p.aapor_code, p.reached, sum(p.contacts)::bigint
  from (
    select f.campaign_id, f.state, f.preferred_language, f.attempted, f.aapor_code, f.reached, f.contacts
      from contact_count f where f.campaign_id = any(p_campaign_ids)
    union all
    select d.campaign_id, d.state, d.preferred_language, d.attempted, d.aapor_code, d.reached, d.contacts
      from contact_count_delta d where d.campaign_id = any(p_campaign_ids)
  ) p
  group by 1, 2, 3, 4, 5, 6
$$;
create or replace function contact_counts(p_campaign_ids uuid[])
returns table (campaign_id uuid, state contact_state, preferred_language preferred_language, contacts bigint)
language sql stable as $$
  select c.campaign_id, c.state, c.preferred_language, sum(c.contacts)::bigint from contact_cells(p_campaign_ids) c
  group by 1, 2, 3
$$;

create or replace function contact_count_inserted() returns trigger language plpgsql as $$
begin
  insert into contact_count_delta (campaign_id, state, preferred_language, attempted, aapor_code, reached, contacts)
  select campaign_id, state, preferred_language, attempts_count > 0, aapor_code, reached, count(*)
  from new_rows group by 1, 2, 3, 4, 5, 6;
  return null;
end $$;
create or replace function contact_count_updated() returns trigger language plpgsql as $$
begin
  insert into contact_count_delta (campaign_id, state, preferred_language, attempted, aapor_code, reached, contacts)
  select campaign_id, state, preferred_language, attempted, aapor_code, reached, sum(one)
  from (
    select campaign_id, state, preferred_language, attempts_count > 0 as attempted, aapor_code, reached, 1 as one from new_rows
    union all
    select campaign_id, state, preferred_language, attempts_count > 0, aapor_code, reached, -1 from old_rows) changed
  group by 1, 2, 3, 4, 5, 6 having sum(one) <> 0;
  return null;
end $$;
create or replace function contact_count_deleted() returns trigger language plpgsql as $$
begin
  insert into contact_count_delta (campaign_id, state, preferred_language, attempted, aapor_code, reached, contacts)
  select campaign_id, state, preferred_language, attempts_count > 0, aapor_code, reached, -count(*)
  from old_rows group by 1, 2, 3, 4, 5, 6;
  return null;
end $$;
create trigger contact_count_inserted after insert on contact
  referencing new table as new_rows for each statement execute function contact_count_inserted();
create trigger contact_count_updated after update on contact
  referencing old table as old_rows new table as new_rows for each statement execute function contact_count_updated();
create trigger contact_count_deleted after delete on contact
  referencing old table as old_rows for each statement execute function contact_count_deleted();

-- One folder at a time, whoever comes second goes away. In key order, so that no two could cross.
create or replace function fold_contact_counts() returns integer language plpgsql volatile as $$
declare
  folded integer;
begin
  if not pg_try_advisory_xact_lock(7340003) then return 0; end if;
  with taken as (
    delete from contact_count_delta
    returning campaign_id, state, preferred_language, attempted, aapor_code, reached, contacts
  ), summed as (
    select campaign_id, state, preferred_language, attempted, aapor_code, reached, sum(contacts)::bigint as contacts,
      count(*) as deltas
    from taken group by 1, 2, 3, 4, 5, 6
  ), kept as (
    insert into contact_count as c (campaign_id, state, preferred_language, attempted, aapor_code, reached, contacts)
    select campaign_id, state, preferred_language, attempted, aapor_code, reached, contacts from summed
    order by 1, 2, 3, 4, 5, 6
    on conflict (campaign_id, state, preferred_language, attempted, aapor_code, reached)
      do update set contacts = c.contacts + excluded.contacts
  )
  select coalesce(sum(deltas), 0)::integer into folded from summed;
  return folded;
end $$;

-- Counts everything anew, for an operator who trusts nothing: writers of contacts wait meanwhile. Answers how many counts
-- were wrong. The lock comes first: the statements after it see all that was committed.
create or replace function recount_contacts() returns integer language plpgsql volatile as $$
declare
  wrong integer;
begin
  lock table contact in share row exclusive mode;
  perform pg_advisory_xact_lock(7340003);
  insert into contact_count_delta (campaign_id, state, preferred_language, attempted, aapor_code, reached, contacts)
  select campaign_id, state, preferred_language, attempted, aapor_code, reached,
    coalesce(truth.contacts, 0) - coalesce(counted.contacts, 0)
  from (
    select campaign_id, state, preferred_language, attempts_count > 0 as attempted, aapor_code, reached, count(*) as contacts
    from contact group by 1, 2, 3, 4, 5, 6) truth
  full join (
    select campaign_id, state, preferred_language, attempted, aapor_code, reached, sum(contacts) as contacts
    from (select * from contact_count
      union all select campaign_id, state, preferred_language, contacts, attempted, aapor_code, reached
      from contact_count_delta) both_parts
    group by 1, 2, 3, 4, 5, 6
  ) counted using (campaign_id, state, preferred_language, attempted, aapor_code, reached)
  where coalesce(truth.contacts, 0) <> coalesce(counted.contacts, 0);
  get diagnostics wrong = row_count;
  return wrong;
end $$;

insert into contact_count (campaign_id, state, preferred_language, attempted, aapor_code, reached, contacts)
  select campaign_id, state, preferred_language, attempts_count > 0, aapor_code, reached, count(*)
  from contact group by 1, 2, 3, 4, 5, 6;

-- Calls that have ended, turns and answers. Live calls are few and are looked at themselves.
create table result_count (
  campaign_id uuid not null,
  figure text not null check (figure in ('attempt', 'latency', 'answer')),
  -- Of an attempt: the quarter of an hour in which it began, since zones differ by as little.
  slot timestamptz not null default '-infinity',
  -- Which attempt of its contact; milliseconds of a turn; which question.
  number integer not null,
  -- The outcome; the answer, '' for free text: what people said is nobody's counter.
  value text not null default '',
  answered boolean not null default false,
  entries bigint not null,
  talk_us bigint not null default 0, -- microseconds from the answer to the end
  primary key (campaign_id, figure, slot, number, value, answered)
);
create table result_count_delta (
  id bigint generated always as identity primary key,
  campaign_id uuid not null,
  figure text not null,
  slot timestamptz not null default '-infinity',
  number integer not null,
  value text not null default '',
  answered boolean not null default false,
  entries bigint not null,
  talk_us bigint not null default 0
);
create index result_count_delta_campaign on result_count_delta (campaign_id);
-- A pile that is folded every few seconds: what was folded must not be stepped over by every reader.
alter table result_count_delta set (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000);
alter table contact_count_delta set (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000);

create function result_cells(p_campaign_id uuid)
returns table (figure text, slot timestamptz, number integer, value text, answered boolean, entries bigint, talk_us bigint)
language sql stable as $$
  select p.figure, p.slot, p.number, p.value, p.answered, sum(p.entries)::bigint, sum(p.talk_us)::bigint
  from (
    select f.figure, f.slot, f.number, f.value, f.answered, f.entries, f.talk_us
      from result_count f where f.campaign_id = p_campaign_id
    union all
    select d.figure, d.slot, d.number, d.value, d.answered, d.entries, d.talk_us
      from result_count_delta d where d.campaign_id = p_campaign_id
  ) p
  group by 1, 2, 3, 4, 5 having sum(p.entries) <> 0
$$;

create function count_attempt(a call_attempt, one integer) returns void language sql as $$
  insert into result_count_delta (campaign_id, figure, slot, number, value, answered, entries, talk_us)
  values (a.campaign_id, 'attempt', date_bin('15 minutes', a.started_at, '2000-01-01 00:00+00'), a.attempt_number,
    a.outcome::text, a.answered_at is not null, one,
    one * coalesce(round(extract(epoch from a.ended_at - a.answered_at) * 1000000), 0)::bigint)
$$;
create function result_count_attempt() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' then
    perform count_attempt(old, -1);
  else
    perform count_attempt(new, 1);
  end if;
  return null;
end $$;
-- Row by row, for a call is settled on its own; nothing is spent on the other changes of an attempt.
create trigger result_count_attempt_ended after update of outcome on call_attempt for each row
  when (old.outcome is null and new.outcome is not null) execute function result_count_attempt();
create trigger result_count_attempt_added after insert on call_attempt for each row
  when (new.outcome is not null) execute function result_count_attempt();
create trigger result_count_attempt_gone after delete on call_attempt for each row
  when (old.outcome is not null) execute function result_count_attempt();

create function count_turn(t transcript_turn, one integer) returns void language sql as $$
  insert into result_count_delta (campaign_id, figure, number, entries)
  select a.campaign_id, 'latency', t.latency_ms, one from call_attempt a where a.id = t.call_attempt_id
$$;
create function result_count_turn() returns trigger language plpgsql as $$
begin
  if tg_op <> 'INSERT' and old.latency_ms is not null then perform count_turn(old, -1); end if;
  if tg_op <> 'DELETE' and new.latency_ms is not null then perform count_turn(new, 1); end if;
  return null;
end $$;
create trigger result_count_turn_added after insert on transcript_turn for each row
  when (new.latency_ms is not null) execute function result_count_turn();
create trigger result_count_turn_changed after update of latency_ms on transcript_turn for each row
  when (old.latency_ms is distinct from new.latency_ms) execute function result_count_turn();
create trigger result_count_turn_gone after delete on transcript_turn for each row
  when (old.latency_ms is not null) execute function result_count_turn();

-- Every question and its answer as it is counted.
create function counted_answers(r survey_response) returns table (number integer, value text) language sql stable as $$
  select q.number, case when q.type = 'free_text' then '' else q.answer end
  from campaign c cross join lateral (values
    (1, c.question_1_type, r.q1_answer), (2, c.question_2_type, r.q2_answer), (3, c.question_3_type, r.q3_answer)
  ) q (number, type, answer)
  where c.id = r.campaign_id and q.answer is not null
$$;
create function result_count_answers() returns trigger language plpgsql as $$
begin
  if tg_op <> 'INSERT' then
    insert into result_count_delta (campaign_id, figure, number, value, entries)
    select old.campaign_id, 'answer', a.number, a.value, -1 from counted_answers(old) a;
  end if;
  if tg_op <> 'DELETE' then
    insert into result_count_delta (campaign_id, figure, number, value, entries)
    select new.campaign_id, 'answer', a.number, a.value, 1 from counted_answers(new) a;
  end if;
  return null;
end $$;
create trigger result_count_answers after insert or delete or update of q1_answer, q2_answer, q3_answer on survey_response
  for each row execute function result_count_answers();

create function fold_result_counts() returns integer language plpgsql volatile as $$
declare
  folded integer;
begin
  if not pg_try_advisory_xact_lock(7340004) then return 0; end if;
  with taken as (
    delete from result_count_delta returning campaign_id, figure, slot, number, value, answered, entries, talk_us
  ), summed as (
    select campaign_id, figure, slot, number, value, answered, sum(entries)::bigint as entries,
      sum(talk_us)::bigint as talk_us, count(*) as deltas
    from taken group by 1, 2, 3, 4, 5, 6
  ), kept as (
    insert into result_count as c (campaign_id, figure, slot, number, value, answered, entries, talk_us)
    select campaign_id, figure, slot, number, value, answered, entries, talk_us from summed order by 1, 2, 3, 4, 5, 6
    on conflict (campaign_id, figure, slot, number, value, answered)
      do update set entries = c.entries + excluded.entries, talk_us = c.talk_us + excluded.talk_us
  )
  select coalesce(sum(deltas), 0)::integer into folded from summed;
  return folded;
end $$;

-- What the calls, turns and answers themselves say.
create view result_truth as
  select campaign_id, 'attempt' as figure, date_bin('15 minutes', started_at, '2000-01-01 00:00+00') as slot,
    attempt_number::integer as number, outcome::text as value, answered_at is not null as answered, count(*) as entries,
    sum(coalesce(round(extract(epoch from ended_at - answered_at) * 1000000), 0)::bigint)::bigint as talk_us
  from call_attempt where outcome is not null group by 1, 2, 3, 4, 5, 6
  union all
  select a.campaign_id, 'latency', '-infinity', t.latency_ms, '', false, count(*), 0
  from transcript_turn t join call_attempt a on a.id = t.call_attempt_id where t.latency_ms is not null group by 1, 4
  union all
  select r.campaign_id, 'answer', '-infinity', q.number, q.value, false, count(*), 0
  from survey_response r cross join lateral counted_answers(r) q group by 1, 4, 5;

create function recount_results() returns integer language plpgsql volatile as $$
declare
  wrong integer;
begin
  lock table call_attempt, transcript_turn, survey_response in share row exclusive mode;
  perform pg_advisory_xact_lock(7340004);
  insert into result_count_delta (campaign_id, figure, slot, number, value, answered, entries, talk_us)
  select campaign_id, figure, slot, number, value, answered, coalesce(truth.entries, 0) - coalesce(counted.entries, 0),
    coalesce(truth.talk_us, 0) - coalesce(counted.talk_us, 0)
  from result_truth truth
  full join (
    select campaign_id, figure, slot, number, value, answered, sum(entries)::bigint as entries, sum(talk_us)::bigint as talk_us
    from (select * from result_count
      union all select campaign_id, figure, slot, number, value, answered, entries, talk_us from result_count_delta) both_parts
    group by 1, 2, 3, 4, 5, 6
  ) counted using (campaign_id, figure, slot, number, value, answered)
  where coalesce(truth.entries, 0) <> coalesce(counted.entries, 0)
    or coalesce(truth.talk_us, 0) <> coalesce(counted.talk_us, 0);
  get diagnostics wrong = row_count;
  return wrong;
end $$;

-- What was said last, for who reads free answers.
create index survey_response_latest on survey_response (campaign_id, completed_at desc);
drop index survey_response_campaign;

-- The triggers above hold the writers off until this migration commits, so what is counted here is all there is.
insert into result_count (campaign_id, figure, slot, number, value, answered, entries, talk_us)
  select campaign_id, figure, slot, number, value, answered, entries, talk_us from result_truth;
