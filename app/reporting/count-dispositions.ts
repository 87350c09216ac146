import { sql } from 'kysely';
import { AAPOR_ORDER, DISPOSITIONS } from '../calling/call.ts';
import type { Db } from '../infra/db/database.ts';

/**
 * The campaign's contacts by their final AAPOR code: the terminal one, else the highest of their attempts, else 3.11
 * (never dialled). Every contact is counted once.
 */
export async function countDispositions(db: Db, campaign_id: string): Promise<Record<string, number>> {
  const names = Object.keys(DISPOSITIONS);
  const codes = Object.values(DISPOSITIONS).map((rule) => rule.aapor);
  // What is not in the order is terminal and gets -1: it comes before all others.
  const ranks = codes.map((code) => (AAPOR_ORDER as readonly string[]).indexOf(code));
  const { rows } = await sql<{ code: string; count: number }>`
    with rule as (select * from unnest(${names}::text[], ${codes}::text[], ${ranks}::int[]) as r (disposition, code, rank)),
    tried as (
      select distinct on (a.contact_id) a.contact_id, rule.code
      from call_attempt a join rule on rule.disposition = a.disposition::text
      where a.campaign_id = ${campaign_id} and a.ended_at is not null
      order by a.contact_id, rule.rank)
    select case
        when c.state = 'completed' then '1.1'
        when c.state = 'refused' then '2.11'
        when c.not_reached_reason = 'invalid_number' then '4.3'
        when c.not_reached_reason in ('wrong_person', 'language_barrier', 'minor') then '2.3'
        else coalesce(tried.code, '3.11') end as code,
      count(*) as count
    from contact c left join tried on tried.contact_id = c.id
    where c.campaign_id = ${campaign_id} group by 1`.execute(db);
  return Object.fromEntries(rows.map((row) => [row.code, row.count]));
}
