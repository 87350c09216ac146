import { sql } from 'kysely';
import { deleteCalls, type ProviderCall, providerCalls } from '../calling/delete-calls.ts';
import { blankImportErrors, deleteContacts } from '../contacts/delete-contacts.ts';
import { forgetNumber } from '../contacts/exclusions/forget-number.ts';
import { lockNumber } from '../contacts/lock-number.ts';
import { deleteEvents } from '../events/delete-events.ts';
import type { Tx } from '../infra/db/database.ts';
import { deleteEmails, deleteWebhookDeliveries } from '../notifications/delete-emails.ts';
import { forgetCounts } from '../reporting/forget-counts.ts';
import type { Person } from './person.ts';
import { refuseHeld } from './refuse-held.ts';
import { requestDeletions } from './request-deletions.ts';

/** One place where something of a person lay, and what became of it. */
export type Store = { store: string; result: 'erased' | 'hash_only' | 'not_kept' | 'none'; count: number };

type Input = { erasure_id: string; person: Person; phone_hash: Buffer | null; now: Date };

/**
 * Deletes everything of a person in the caller's transaction, under the lock on the number: no dial of it can be on its
 * way. Answers what lay where; what the provider keeps is put down to be deleted there.
 */
export async function erasePerson(tx: Tx, input: Input): Promise<Store[]> {
  const { erasure_id, person, phone_hash, now } = input;
  const { contact_ids } = person;
  if (person.phone_number !== null) await lockNumber(tx, person.phone_number);
  await refuseHeld(tx, contact_ids);
  const calls: ProviderCall[] = await providerCalls(tx, contact_ids);
  await requestDeletions(tx, { calls, copies: ['recording', 'call'], erasure_id, now });
  const exports = await exportsThatHad(tx, contact_ids);
  const emails = await deleteEmails(tx, contact_ids);
  const webhook_deliveries = await deleteWebhookDeliveries(tx, contact_ids);
  const { outbox, queue } = await deleteEvents(tx, contact_ids);
  const deleted = await deleteCalls(tx, contact_ids);
  const contacts = await deleteContacts(tx, contact_ids);
  await forgetCounts(tx);
  const phone_numbers = person.phone_number === null ? [] : [person.phone_number];
  const rows = await blankImportErrors(tx, { phone_numbers, emails: person.emails });
  const listed = phone_hash === null ? 0 : await forgetNumber(tx, { phone_hash, now });
  const erased = { contacts, ...deleted, outbox, queue, emails, webhook_deliveries, import_error_rows: rows };
  return [
    ...Object.entries(erased).map(([store, count]) => storeOf(store, count)),
    { store: 'exclusion_list', result: listed > 0 ? 'hash_only' : 'none', count: listed },
    // Made on demand and streamed: no file stays here. So many were handed out with this person in them.
    { store: 'exports', result: 'not_kept', count: exports },
    { store: 'logs', result: 'not_kept', count: 0 },
  ];
}

const storeOf = (store: string, count: number): Store => ({
  store,
  result: count > 0 ? 'erased' : 'none',
  count,
});

async function exportsThatHad(tx: Tx, contact_ids: string[]): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(distinct x.id) as count from contact k join export x on x.campaign_id = k.campaign_id
    where k.id = any(${contact_ids}::uuid[]) and x.created_at >= k.created_at
      and k.state in ('completed', 'refused', 'not_reached', 'excluded')`.execute(tx);
  return rows[0]!.count;
}
