import { sql } from 'kysely';
import type { Db } from '../../infra/db/database.ts';

export type Looked = { is_known: boolean; is_listed: boolean };
/** For each number, in their order: has the campaign got it, and is it on the exclusion list. */
export type LookUp = (phone_numbers: readonly string[]) => Promise<readonly Looked[]>;

type Ctx = { db: Db; phoneHash(phone_number: string): Buffer };

/**
 * Asks only what can be answered by yes: a campaign without contacts knows none, and without a list nobody is on it. The
 * import has its campaign's turn, so no other file adds contacts meanwhile.
 */
export async function numberLookUp({ db, phoneHash }: Ctx, campaign_id: string): Promise<LookUp> {
  const has = await whatThereIs(db, campaign_id);
  if (!has.contacts && !has.entries) return async (numbers) => numbers.map(() => NOTHING);
  return async (numbers) => {
    const hashes = has.entries ? numbers.map((number) => `\\x${phoneHash(number).toString('hex')}`) : [];
    const { rows } = await lookUp(campaign_id, numbers, hashes).execute(db);
    return rows;
  };
}

const NOTHING: Looked = { is_known: false, is_listed: false };

async function whatThereIs(db: Db, campaign_id: string) {
  const { rows } = await sql<{ contacts: boolean; entries: boolean }>`
    select exists (select from contact where campaign_id = ${campaign_id}) as contacts,
      exists (select from exclusion_list_entry where campaign_id is null or campaign_id = ${campaign_id}) as entries`.execute(
    db,
  );
  return rows[0]!;
}

/**
 * Each number by the unique index, whatever the planner believes: `limit 1` leaves no other plan. As a join it compared
 * contacts that it had no statistics of with one another (measured: a minute for 40 numbers among 40,000).
 */
function lookUp(campaign_id: string, numbers: readonly string[], hashes: readonly string[]) {
  return sql<Looked>`
    select k.one is not null as is_known, x.one is not null as is_listed
    from unnest(${numbers}::text[], ${hashes}::bytea[]) with ordinality as n(phone_number, phone_hash, place)
    left join lateral (select 1 as one from contact c
      where c.campaign_id = ${campaign_id} and c.phone_number = n.phone_number limit 1) k on true
    left join lateral (select 1 as one from exclusion_list_entry e
      where e.phone_hash = n.phone_hash and (e.campaign_id is null or e.campaign_id = ${campaign_id}) limit 1) x on true
    order by n.place`;
}
