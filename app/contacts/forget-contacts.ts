import { sql } from 'kysely';
import type { Tx } from '../infra/db/database.ts';

/**
 * Takes number and address away from contacts whose campaign is over; on the campaign's exclusion list and among the
 * rejected rows of its files too. The contact stays for the figures, the keyed hash on the list.
 */
export async function forgetContacts(tx: Tx, contact_ids: readonly string[], now: Date): Promise<number> {
  const ids = [...contact_ids];
  const { rows } = await sql<{ campaign_id: string }>`
    update contact set phone_number = null, email = null, updated_at = ${now}
    where id = any(${ids}::uuid[]) and state <> 'in_progress' returning campaign_id`.execute(tx);
  if (rows.length === 0) return 0;
  const campaign_ids = [...new Set(rows.map(({ campaign_id }) => campaign_id))];
  await tx
    .updateTable('exclusion_list_entry')
    .set({ phone_number: null })
    .where('campaign_id', 'in', campaign_ids)
    .where('phone_number', 'is not', null)
    .execute();
  await sql`
    update contact_import_error e set value = '', cells = '{}' from contact_import i
    where i.id = e.contact_import_id and i.campaign_id = any(${campaign_ids}::uuid[]) and e.cells <> '{}'`.execute(
    tx,
  );
  return rows.length;
}
