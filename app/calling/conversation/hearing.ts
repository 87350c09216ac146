import type { Db, Tx } from '../../infra/db/database.ts';

// Longer than any model may take and its words need to be stored; after it nobody is listening any more.
const HEARING_MS = 15_000;

/** Words are being understood: should the call end meanwhile, its settlement waits for them. */
export async function markHearing(db: Db, call_id: string, now: Date): Promise<void> {
  await db
    .updateTable('conversation as v')
    .from('call_attempt as a')
    .set({ hearing_until: new Date(now.getTime() + HEARING_MS) })
    .whereRef('a.id', '=', 'v.call_attempt_id')
    .where('a.call_id', '=', call_id)
    .where('a.ended_at', 'is', null)
    .where('v.disposition', 'is', null)
    .execute();
}

/** True while words of an open conversation are being understood in some process. */
export async function isBeingHeard(tx: Tx, call_attempt_id: string, now: Date): Promise<boolean> {
  const row = await tx
    .selectFrom('conversation')
    .select('call_attempt_id')
    .where('call_attempt_id', '=', call_attempt_id)
    .where('disposition', 'is', null)
    .where('hearing_until', '>', now)
    .executeTakeFirst();
  return row !== undefined;
}
