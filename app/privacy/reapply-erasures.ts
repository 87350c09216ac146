import { appendAudit } from '../audit/append-audit.ts';
import { forgetNumber } from '../contacts/exclusions/forget-number.ts';
import type { Db, Tx } from '../infra/db/database.ts';
import { erasePerson } from './erase-person.ts';
import type { LedgerEntry } from './ledger-file.ts';

/** The ledger of the database, oldest first. */
export function ledgerOf(db: Db): Promise<LedgerEntry[]> {
  return db
    .selectFrom('erasure')
    .select(['id', 'phone_hash', 'contact_ids', 'erased_at'])
    .orderBy('erased_at')
    .orderBy('id')
    .execute();
}

/**
 * Erases again whoever came back with a restored database, by the ids of the ledger, and puts the hash on the list again.
 * `given` is a ledger kept outside; the database's own counts too. Answers how many persons were erased anew. What was
 * imported after the erasure has other ids and is left alone.
 */
export async function reapplyErasures(
  db: Db,
  { given, now }: { given: readonly LedgerEntry[]; now: Date },
): Promise<{ checked: number; erased: number }> {
  const own = await ledgerOf(db);
  const entries = new Map([...given, ...own].map((entry) => [entry.id, entry]));
  let erased = 0;
  for (const entry of entries.values()) {
    if (await db.transaction().execute((tx) => reapply(tx, entry, now))) erased += 1;
  }
  return { checked: entries.size, erased };
}

async function reapply(tx: Tx, entry: LedgerEntry, now: Date): Promise<boolean> {
  const { id, phone_hash, contact_ids, erased_at } = entry;
  await tx
    .insertInto('erasure')
    .values({ id, phone_hash, contact_ids, erased_at, erased_by_user_id: null, stores: '[]' })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .execute();
  if (phone_hash !== null) await forgetNumber(tx, { phone_hash, now });
  const back = await tx
    .selectFrom('contact')
    .select(['id', 'phone_number', 'email'])
    .where('id', 'in', contact_ids)
    .execute();
  if (back.length === 0) return false;
  await tx.deleteFrom('legal_hold').where('contact_id', 'in', contact_ids).execute();
  const person = {
    phone_number: back[0]!.phone_number,
    contact_ids: back.map((contact) => contact.id),
    emails: back.flatMap(({ email }) => email ?? []),
  };
  const stores = await erasePerson(tx, { erasure_id: id, person, phone_hash, now });
  await tx
    .updateTable('erasure')
    .set({ stores: JSON.stringify(stores), reapplied_at: now })
    .where('id', '=', id)
    .execute();
  await appendAudit(tx, {
    at: now,
    user_id: null,
    action: 'person.erased_again',
    entity: 'contact',
    entity_id: back[0]!.id,
    changes: { erasure_id: { previous: null, new: id } },
  });
  return true;
}
