import { sql } from 'kysely';
import type { Db, Tx } from '../db/database.ts';

// Longer than any bus keeps a message (SQS: fourteen days); a repeat after that is the unique rows' business.
const KEPT_DAYS = 30;

/**
 * Writes down which messages `consumer` deals with in this transaction, and answers the keys that are new. A process
 * that has the same message at the same moment waits here until the other has committed, and then finds it done.
 */
export async function takeIntoInbox(
  tx: Tx,
  { consumer, keys, now }: { consumer: string; keys: string[]; now: Date },
): Promise<Set<string>> {
  // Sorted, so that two processes with the same batch cannot wait for each other.
  const { rows } = await sql<{ message_key: string }>`
    insert into consumed_message (consumer, message_key, consumed_at)
    select ${consumer}, key, ${now} from unnest(${[...new Set(keys)].sort()}::uuid[]) as given (key)
    on conflict do nothing returning message_key`.execute(tx);
  return new Set(rows.map((row) => row.message_key));
}

/** Forgets what no bus can repeat any more. */
export async function forgetOldMessages(db: Db, { now }: { now: Date }): Promise<void> {
  const before = new Date(now.getTime() - KEPT_DAYS * 86_400_000);
  await db.deleteFrom('consumed_message').where('consumed_at', '<', before).execute();
}
