import { sql } from 'kysely';
import type { CallPorts } from './ports.ts';

type Ctx = Pick<CallPorts, 'db' | 'log' | 'provider'>;
type Live = { call_id: string; provider_name: string; provider_call_id: string };

/**
 * Hangs up live calls to numbers that were put on the list meanwhile; answers how many. What the respondent asked for in
 * the call itself is left to the conversation, which says goodbye. Settlement then excludes the contact.
 */
export async function hangUpExcluded(ctx: Ctx): Promise<number> {
  const { rows } = await sql<Live>`
    select a.call_id, a.provider_name, a.provider_call_id from call_attempt a
    where a.ended_at is null and a.provider_call_id is not null and exists (
      select from exclusion_list_entry e
      where e.phone_number = a.phone_number and (e.campaign_id is null or e.campaign_id = a.campaign_id)
        and e.source <> 'call')`.execute(ctx.db);
  for (const { call_id, provider_name, provider_call_id } of rows) {
    try {
      await (await ctx.provider(provider_name)).hangUp(provider_call_id);
      ctx.log.info({ call_id }, 'a call to an excluded number was hung up');
    } catch (error) {
      // The next round tries again.
      ctx.log.error({ err: error, call_id }, 'a call to an excluded number could not be hung up');
    }
  }
  return rows.length;
}
