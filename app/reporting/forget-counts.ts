import { sql } from 'kysely';
import type { Tx } from '../infra/db/database.ts';

/**
 * After results were deleted: adds up what is pending and takes out the cells that nobody is counted in any more. An
 * answer that only one person gave must not stay as a number with a zero beside it.
 */
export async function forgetCounts(tx: Tx): Promise<void> {
  // The fold goes away when another is at it; here it must be done.
  await sql`select pg_advisory_xact_lock(7340004)`.execute(tx);
  await sql`select fold_result_counts()`.execute(tx);
  await tx.deleteFrom('result_count').where('entries', '=', 0).where('talk_us', '=', 0).execute();
}
