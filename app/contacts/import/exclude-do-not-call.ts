import type pg from 'pg';

type Scope = { campaign_id: string; import_id: string; now: Date; phoneHash(phone_number: string): Buffer };

const BATCH = 1_000;

/**
 * A "do not call" row counts even when its number was in the file or in the campaign before: it puts the number on the
 * campaign's exclusion list and takes a waiting contact out. Answers how many contacts of this very import it took out.
 */
export async function excludeDoNotCall(
  client: pg.PoolClient,
  scope: Scope,
  numbers: readonly number[],
): Promise<number> {
  // In the order in which everyone locks numbers, so that no two wait for each other.
  const ordered = numbers.map((digits) => `+${digits}`).sort();
  let excluded = 0;
  for (let from = 0; from < ordered.length; from += BATCH) {
    const batch = ordered.slice(from, from + BATCH);
    excluded += await excludeBatch(client, scope, batch);
  }
  return excluded;
}

async function excludeBatch(client: pg.PoolClient, scope: Scope, numbers: string[]): Promise<number> {
  const { campaign_id, import_id, now, phoneHash } = scope;
  await client.query(LOCK_NUMBERS_IN_CALLS, [campaign_id, numbers]);
  await client.query(ADD_ENTRIES, [campaign_id, now, numbers, numbers.map((number) => phoneHash(number))]);
  const { rows } = await client.query<{ contact_import_id: string }>(EXCLUDE_CONTACTS, [
    campaign_id,
    now,
    numbers,
  ]);
  // Once more, for whom the scheduler claimed in between; from here on it can claim none of them.
  await client.query(LOCK_NUMBERS_IN_CALLS, [campaign_id, numbers]);
  return rows.filter((row) => row.contact_import_id === import_id).length;
}

/**
 * Numbers that are being called: their dial must see the entry, or be seen. Only those, for locks are few (PostgreSQL has
 * room for some ten thousand); who still waits is held by the row lock of EXCLUDE_CONTACTS. $1 campaign, $2 numbers.
 */
const LOCK_NUMBERS_IN_CALLS = `
  select pg_advisory_xact_lock(hashtextextended(phone_number, 0)) from (
    select distinct n.phone_number from unnest($2::text[]) as n(phone_number)
    cross join lateral (select c.state from contact c
      where c.campaign_id = $1 and c.phone_number = n.phone_number limit 1) c
    where c.state = 'in_progress' order by 1) numbers`;

/** $1 campaign, $2 now, $3 numbers, $4 their hashes. */
const ADD_ENTRIES = `
  insert into exclusion_list_entry (id, phone_number, phone_hash, campaign_id, reason, source, created_at)
  select distinct on (phone_hash) new_id(), phone_number, phone_hash, $1, 'do_not_call', 'import', $2
  from unnest($3::text[], $4::bytea[]) as n(phone_number, phone_hash)
  on conflict on constraint exclusion_unique do nothing`;

/** By the unique index, whatever the planner believes of contacts that were just copied. $1 campaign, $2 now, $3 numbers. */
const EXCLUDE_CONTACTS = `
  update contact c set state = 'excluded', excluded_reason = 'do_not_call', do_not_call = true,
    not_reached_reason = null, next_attempt_at = null, updated_at = $2
  from (
    select distinct k.id from unnest($3::text[]) as n(phone_number)
    cross join lateral (select c.id from contact c
      where c.campaign_id = $1 and c.phone_number = n.phone_number limit 1) k) named
  where c.id = named.id
    and (c.state = 'pending' or (c.state = 'not_reached' and c.not_reached_reason = 'attempts_used_up'))
  returning c.contact_import_id`;

/**
 * Numbers that came on the list while the file was read, after they had been looked up: who listed them did not see
 * contacts that are not committed. $1 campaign, $2 import, $3 when the import began.
 */
export const EXCLUDE_LISTED_MEANWHILE = `
  update contact c set state = 'excluded', excluded_reason = 'exclusion_list', updated_at = greatest($3, c.updated_at)
  from (
    select k.id from exclusion_list_entry e
    cross join lateral (select c.id from contact c
      where c.campaign_id = $1 and c.phone_number = e.phone_number limit 1) k
    where (e.campaign_id is null or e.campaign_id = $1) and e.created_at >= $3::timestamptz - interval '1 minute') named
  where c.id = named.id and c.contact_import_id = $2 and c.state = 'pending'`;
