import { sql } from 'kysely';
import type { Tx } from '../../infra/db/database.ts';
import { newId } from '../../infra/db/id.ts';
import { announceExclusion } from './exclude-numbers.ts';

/**
 * Leaves of a number nothing but its keyed hash, on the list for every campaign: the person is never called again, and
 * nobody can read who it is. Answers how many entries there are now.
 */
export async function forgetNumber(tx: Tx, input: { phone_hash: Buffer; now: Date }): Promise<number> {
  const { phone_hash, now } = input;
  await tx
    .insertInto('exclusion_list_entry')
    .values({
      id: newId(),
      phone_number: null,
      phone_hash,
      campaign_id: null,
      reason: 'erasure',
      source: 'manual',
      created_at: now,
    })
    .onConflict((conflict) => conflict.constraint('exclusion_unique').doNothing())
    .execute();
  // A reason is free text: a name may stand in it. What the product itself wrote stays.
  const { numUpdatedRows } = await tx
    .updateTable('exclusion_list_entry')
    .set({
      phone_number: null,
      reason: sql`case when reason in ('opt_out', 'do_not_call', 'erasure') then reason end`,
    })
    .where('phone_hash', '=', phone_hash)
    .executeTakeFirstOrThrow();
  await announceExclusion(tx);
  return Number(numUpdatedRows);
}
