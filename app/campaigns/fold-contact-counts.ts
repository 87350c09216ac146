import { setTimeout as delay } from 'node:timers/promises';
import { sql } from 'kysely';
import type { Db } from '../infra/db/database.ts';
import type { Logger } from '../infra/observability/log.ts';

// What is not folded yet is counted all the same; this only keeps the pile small.
const EVERY_MS = 5_000;

/** Adds up, until the signal, what changed in the numbers of contacts per state. */
export async function runContactCountFold(
  ctx: { db: Db; log: Pick<Logger, 'error'> },
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    await foldContactCounts(ctx.db).catch((error: unknown) => {
      ctx.log.error({ err: error }, 'the numbers of contacts could not be added up');
    });
    await delay(EVERY_MS, undefined, { signal }).catch(() => {});
  }
}

/** One round; answers how many changes it added up, 0 while another process is at it. */
export async function foldContactCounts(db: Db): Promise<number> {
  const { rows } = await sql<{ folded: number }>`select fold_contact_counts() as folded`.execute(db);
  return rows[0]!.folded;
}

/** Counts all contacts anew and corrects what was wrong; answers how many numbers were. */
export async function recountContacts(db: Db): Promise<number> {
  const { rows } = await sql<{ wrong: number }>`select recount_contacts() as wrong`.execute(db);
  return rows[0]!.wrong;
}
