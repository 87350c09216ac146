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

/** Takes the answers out of the messages about contacts that still lie on the queue of the database. */
export async function stripMessages(tx: Tx, contact_ids: readonly string[]): Promise<void> {
  await sql`update bus_message set body = body - 'answers'
    where body ->> 'contact_id' = any(${[...contact_ids]}::text[]) and body ? 'answers'`.execute(tx);
}
