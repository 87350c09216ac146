import type { Tx } from '../infra/db/database.ts';

/** Deletes the letters to contacts, sent or not; answers how many there were. */
export async function deleteEmails(tx: Tx, contact_ids: readonly string[]): Promise<number> {
  const { numDeletedRows } = await tx
    .deleteFrom('email_notification')
    .where('contact_id', 'in', [...contact_ids])
    .executeTakeFirstOrThrow();
  return Number(numDeletedRows);
}

/** Deletes what was told to webhooks of contacts, or was about to be; what they got is theirs. */
export async function deleteWebhookDeliveries(tx: Tx, contact_ids: readonly string[]): Promise<number> {
  const { numDeletedRows } = await tx
    .deleteFrom('webhook_delivery')
    .where('event_id', 'in', (eb) =>
      eb
        .selectFrom('event')
        .select('id')
        .where('contact_id', 'in', [...contact_ids]),
    )
    .executeTakeFirstOrThrow();
  return Number(numDeletedRows);
}

/** Takes the addresses away from letters to contacts that are done with. */
export async function forgetAddresses(tx: Tx, contact_ids: readonly string[]): Promise<void> {
  await tx
    .updateTable('email_notification')
    .set({ to_email: null })
    .where('contact_id', 'in', [...contact_ids])
    .where('status', 'not in', ['pending', 'sending'])
    .execute();
}
