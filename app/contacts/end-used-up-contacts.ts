import { sql } from 'kysely';
import type { Tx } from '../infra/db/database.ts';
import type { CallOutcome } from '../infra/db/tables.ts';

/** A contact that is not reached because its campaign allows no more attempts than were made. */
export type UsedUp = {
  contact_id: string;
  campaign_id: string;
  attempts_count: number;
  last_outcome: CallOutcome | null;
};

/**
 * Ends waiting contacts whose attempts were used up by a change of their campaign, at most `limit`. One that somebody
 * else holds now is left for the next time.
 */
export async function endUsedUpContacts(tx: Tx, input: { limit: number; now: Date }): Promise<UsedUp[]> {
  const { rows } = await sql<UsedUp>`
    update contact k
    set state = 'not_reached', not_reached_reason = 'attempts_used_up', next_attempt_at = null, updated_at = ${input.now}
    where k.id in (
      select o.id from campaign c
      join contact o on o.campaign_id = c.id and o.state = 'pending' and o.attempts_count > 0
        and o.attempts_count >= c.max_attempts
      where c.status in ('running', 'paused') and c.deleted_at is null
      limit ${input.limit} for update of o skip locked)
    returning k.id as contact_id, k.campaign_id, k.attempts_count, k.last_outcome`.execute(tx);
  return rows;
}
