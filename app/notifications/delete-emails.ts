import type { Tx } from '../infra/db/database.ts';

/** Deletes the letters to contacts, sent or not; answers how many there were. */
export async function deleteEmails(tx: Tx, contact_ids: readonly string[]): Promise<number> {
  const { numDeletedRows } = await tx
    .deleteFrom('email_notification')
    .where('contact_id', 'in', [...contact_ids])
    .executeTakeFirstOrThrow();
  return Number(numDeletedRows);
}
