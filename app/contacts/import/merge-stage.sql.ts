/** Zone sets that are new; the scheduler decides "may be called now" once for each. */
export const ADD_ZONE_SETS = `
  insert into zone_set (country, time_zones)
  select distinct country, time_zones from import_stage on conflict (country, time_zones) do nothing`;

/**
 * Numbers of "do not call" rows that are being called: their dial must see the entry, or be seen. Only those, for locks
 * are few (PostgreSQL has room for some ten thousand); who still waits is held by the row lock of EXCLUDE_EXISTING.
 */
export const LOCK_NUMBERS_IN_CALLS = `
  select pg_advisory_xact_lock(hashtextextended(phone_number, 0)) from (
    select distinct s.phone_number from import_stage s
    cross join lateral (select c.state from contact c
      where c.campaign_id = $1 and c.phone_number = s.phone_number limit 1) c
    where s.do_not_call and c.state = 'in_progress' order by 1) numbers`;

/** A "do not call" row counts even when it is a duplicate: it writes an entry for this campaign. $1 campaign, $2 now. */
export const ADD_EXCLUSIONS = `
  insert into exclusion_list_entry (id, phone_number, phone_hash, campaign_id, reason, source, created_at)
  select distinct on (phone_hash) new_id(), phone_number, phone_hash, $1, 'do_not_call', 'import', $2
  from import_stage where do_not_call
  on conflict on constraint exclusion_unique do nothing`;

/**
 * Each number is looked up by the unique index: `limit 1` leaves no other plan. As a plain join the planner, which has no
 * statistics of contacts that were just loaded, compared them all (measured: 40 such rows took a minute among 40,000).
 */
export const EXCLUDE_EXISTING = `
  update contact c set state = 'excluded', excluded_reason = 'do_not_call', not_reached_reason = null,
    next_attempt_at = null, updated_at = $2
  from (
    select distinct k.id from import_stage s
    cross join lateral (select c.id from contact c
      where c.campaign_id = $1 and c.phone_number = s.phone_number limit 1) k
    where s.do_not_call) named
  where c.id = named.id
    and (c.state = 'pending' or (c.state = 'not_reached' and c.not_reached_reason = 'attempts_used_up'))`;

/**
 * The first row of every number that the campaign does not have yet becomes a contact, excluded where any row of it
 * says "do not call" or the number is on the list. $1 campaign, $2 import, $3 now. Answers how many, and how many excluded.
 */
export const ADD_CONTACTS = `
  with ranked as (
    select s.*, row_number() over (partition by phone_number order by line_number) as nth,
      bool_or(do_not_call) over (partition by phone_number) as any_do_not_call
    from import_stage s),
  added as (
    insert into contact (id, campaign_id, contact_import_id, external_contact_id, phone_number, email,
      preferred_language, has_prior_consent, do_not_call, time_zones, time_zone_source, zone_set_id,
      state, excluded_reason, created_at, updated_at)
    select r.id, $1, $2, r.external_contact_id, r.phone_number, r.email, r.preferred_language, r.has_prior_consent,
      r.any_do_not_call, r.time_zones, r.time_zone_source, z.id,
      case when r.any_do_not_call or x.listed then 'excluded' else 'pending' end::contact_state,
      case when r.any_do_not_call then 'do_not_call' when x.listed then 'exclusion_list' end, $3, $3
    from ranked r
    join zone_set z on z.country = r.country and z.time_zones = r.time_zones
    cross join lateral (select exists (select from exclusion_list_entry e
      where e.phone_hash = r.phone_hash and (e.campaign_id is null or e.campaign_id = $1)) as listed) x
    where r.nth = 1
    on conflict on constraint contact_phone_unique do nothing
    returning state)
  select count(*)::int as accepted, (count(*) filter (where state = 'excluded'))::int as excluded from added`;
