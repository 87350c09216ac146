create index survey_response_campaign on survey_response (campaign_id);
drop index survey_response_latest;
drop trigger result_count_answers on survey_response;
drop trigger result_count_turn_added on transcript_turn;
drop trigger result_count_turn_changed on transcript_turn;
drop trigger result_count_turn_gone on transcript_turn;
drop trigger result_count_attempt_ended on call_attempt;
drop trigger result_count_attempt_added on call_attempt;
drop trigger result_count_attempt_gone on call_attempt;
drop function recode_contacts();
drop function call_reach(call_attempt);
drop function recount_results();
drop view result_truth;
drop function fold_result_counts();
drop function result_count_answers();
drop function counted_answers(survey_response);
drop function result_count_turn();
drop function count_turn(transcript_turn, integer);
drop function result_count_attempt();
drop function count_attempt(call_attempt, integer);
drop function result_cells(uuid);
drop table result_count_delta;
drop table result_count;

drop trigger contact_count_inserted on contact;
drop trigger contact_count_updated on contact;
drop trigger contact_count_deleted on contact;
alter table contact_count_delta reset (autovacuum_vacuum_scale_factor, autovacuum_vacuum_threshold);
truncate contact_count, contact_count_delta;
alter table contact_count drop constraint contact_count_pkey,
  drop column attempted, drop column aapor_code, drop column reached,
  add primary key (campaign_id, state, preferred_language);
alter table contact_count_delta drop column attempted, drop column aapor_code, drop column reached;
create or replace function contact_counts(p_campaign_ids uuid[])
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
create or replace function contact_count_inserted() returns trigger language plpgsql as $$
begin
  insert into contact_count_delta (campaign_id, state, preferred_language, contacts)
  select campaign_id, state, preferred_language, count(*) from new_rows group by 1, 2, 3;
  return null;
end $$;
create or replace function contact_count_updated() returns trigger language plpgsql as $$
begin
  insert into contact_count_delta (campaign_id, state, preferred_language, contacts)
  select campaign_id, state, preferred_language, sum(one)
  from (select campaign_id, state, preferred_language, 1 as one from new_rows
    union all select campaign_id, state, preferred_language, -1 from old_rows) changed
  group by 1, 2, 3 having sum(one) <> 0;
  return null;
end $$;
create or replace function contact_count_deleted() returns trigger language plpgsql as $$
begin
  insert into contact_count_delta (campaign_id, state, preferred_language, contacts)
  select campaign_id, state, preferred_language, -count(*) from old_rows group by 1, 2, 3;
  return null;
end $$;
create or replace function fold_contact_counts() returns integer language plpgsql volatile as $$
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
create or replace function recount_contacts() returns integer language plpgsql volatile as $$
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
drop function contact_cells(uuid[]);
create trigger contact_count_inserted after insert on contact
  referencing new table as new_rows for each statement execute function contact_count_inserted();
create trigger contact_count_updated after update on contact
  referencing old table as old_rows new table as new_rows for each statement execute function contact_count_updated();
create trigger contact_count_deleted after delete on contact
  referencing old table as old_rows for each statement execute function contact_count_deleted();
insert into contact_count (campaign_id, state, preferred_language, contacts)
  select campaign_id, state, preferred_language, count(*) from contact group by 1, 2, 3;
alter table contact drop column reached, drop column aapor_code;
