import { type RawBuilder, sql } from 'kysely';
import type { Db } from '../infra/db/database.ts';
import type { CallOutcome, ContactState } from '../infra/db/tables.ts';

export type ContactFilter = {
  campaign_id: string;
  state?: ContactState | undefined;
  outcome?: CallOutcome | undefined;
  /** The AAPOR code of where the contact stands. */
  disposition?: string | undefined;
  /** Start of the external id, or start or last four and more digits of a number; else a whole number only. */
  q?: string | undefined;
  may_search_parts: boolean;
};

const LAST_DIGITS = 4;

/** The contacts that a filter means, each condition one that an index answers. */
export function contactCondition({
  campaign_id,
  state,
  outcome,
  disposition,
  q,
  may_search_parts,
}: ContactFilter) {
  const conditions: RawBuilder<unknown>[] = [sql`campaign_id = ${campaign_id}`];
  if (state !== undefined) conditions.push(sql`state = ${state}`);
  if (outcome !== undefined) conditions.push(sql`last_outcome = ${outcome}`);
  if (disposition !== undefined) conditions.push(coded(disposition));
  if (q !== undefined) conditions.push(searched(q, may_search_parts));
  return sql.join(conditions, sql` and `);
}

// Said twice for the planner: the partial index holds none of the first code.
function coded(code: string): RawBuilder<unknown> {
  return code === '3.11' ? sql`aapor_code = '3.11'` : sql`aapor_code = ${code} and aapor_code <> '3.11'`;
}

function searched(q: string, may_search_parts: boolean): RawBuilder<unknown> {
  const text = q.toLowerCase().replaceAll(/[\\%_]/g, '\\$&');
  const digits = q.replaceAll(/[^\d]/g, '');
  const ways = [sql`lower(external_contact_id) like ${`${text}%`}`];
  if (!may_search_parts) ways.push(sql`phone_number = ${`+${digits}`}`);
  else if (digits.length >= LAST_DIGITS) {
    ways.push(sql`phone_number like ${`+${digits}%`}`);
    ways.push(
      sql`(right(phone_number, 4) = ${digits.slice(-LAST_DIGITS)} and phone_number like ${`%${digits}`})`,
    );
  }
  return sql`(${sql.join(ways, sql` or `)})`;
}

/** As many are counted one by one; a filter that means no more of them is answered by its own index and sorted. */
export const COUNTED_TO = 10_000;

/** How many they are: by the counters where these know, else counted up to ten thousand, else the planner's guess. */
export async function countContacts(
  db: Db,
  filter: ContactFilter,
): Promise<{ total: number; total_is_estimate?: true }> {
  if (filter.q === undefined && filter.outcome === undefined) return { total: await counted(db, filter) };
  const { rows } = await sql<{ total: number }>`
    select count(*) as total from (
      select from contact where ${contactCondition(filter)} limit ${COUNTED_TO + 1}) counted`.execute(db);
  const { total } = rows[0]!;
  if (total <= COUNTED_TO) return { total };
  return { total: Math.max(total, await guessed(db, filter)), total_is_estimate: true };
}

async function counted(db: Db, { campaign_id, state, disposition }: ContactFilter): Promise<number> {
  const { rows } = await sql<{ total: number }>`
    select coalesce(sum(contacts), 0)::bigint as total from contact_cells(array[${campaign_id}::uuid])
    where (${state ?? null}::contact_state is null or state = ${state ?? null})
      and (${disposition ?? null}::text is null or aapor_code = ${disposition ?? null})`.execute(db);
  return rows[0]!.total;
}

async function guessed(db: Db, filter: ContactFilter): Promise<number> {
  const { rows } = await sql<{ 'QUERY PLAN': [{ Plan: { 'Plan Rows': number } }] }>`
    explain (format json) select from contact where ${contactCondition(filter)}`.execute(db);
  return rows[0]!['QUERY PLAN'][0].Plan['Plan Rows'];
}
