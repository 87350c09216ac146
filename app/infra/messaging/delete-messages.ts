import { sql } from 'kysely';
import type { Tx } from '../db/database.ts';

/** Takes the messages about contacts off the queue of the database, dead ones too; answers how many there were. */
export async function deleteMessages(tx: Tx, contact_ids: readonly string[]): Promise<number> {
  const { rows } = await sql`
    delete from bus_message where body ->> 'contact_id' = any(${[...contact_ids]}::text[]) returning id`.execute(
    tx,
  );
  return rows.length;
}
