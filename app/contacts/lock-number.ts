import { sql } from 'kysely';
import type { Tx } from '../infra/db/database.ts';

/**
 * Holds a number (E.164) until the commit. Who dials it and who excludes it both take this first, so that one of them
 * sees what the other did.
 */
export async function lockNumber(tx: Tx, phone_number: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${phone_number}, 0))`.execute(tx);
}
