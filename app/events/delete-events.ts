import type { Tx } from '../infra/db/database.ts';
import { deleteMessages } from '../infra/messaging/delete-messages.ts';

/** Deletes the survey events of contacts, in the outbox and on the queue of the database; letters must be gone before. */
export async function deleteEvents(
  tx: Tx,
  contact_ids: readonly string[],
): Promise<{ outbox: number; queue: number }> {
  const deleted = await tx
    .deleteFrom('event')
    .where('contact_id', 'in', [...contact_ids])
    .returning('id')
    .execute();
  const queue = await deleteMessages(tx, contact_ids);
  return { outbox: deleted.length, queue };
}
