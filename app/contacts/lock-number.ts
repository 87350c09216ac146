import { sql } from 'kysely';
import type { Tx } from '../infra/db/database.ts';

/**
 * Holds the lock on one number until the transaction ends. Whoever decides about a number — a dial, an exclusion,
 * an opt-out — takes it first, so that nobody is dialled between an exclusion and its commit.
 */
export async function lockNumber(tx: Tx, phone_number: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${phone_number}, 0))`.execute(tx);
}
