import { setTimeout as delay } from 'node:timers/promises';
import { sql } from 'kysely';
import type { Db } from '../infra/db/database.ts';
import type { Logger } from '../infra/observability/log.ts';

// What is not folded yet is counted all the same; this only keeps the pile small.
const EVERY_MS = 5_000;

/** Adds up, until the signal, what calls, turns and answers left for the figures. */
export async function runResultCountFold(
  ctx: { db: Db; log: Pick<Logger, 'error'> },
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    await foldResultCounts(ctx.db).catch((error: unknown) => {
      ctx.log.error({ err: error }, 'the figures could not be added up');
    });
    await delay(EVERY_MS, undefined, { signal }).catch(() => {});
  }
}

/** One round; answers how many changes it added up, 0 while another process is at it. */
export async function foldResultCounts(db: Db): Promise<number> {
  const { rows } = await sql<{ folded: number }>`select fold_result_counts() as folded`.execute(db);
  return rows[0]!.folded;
}

/**
 * Works out anew where every contact stands, and counts all calls, turns and answers again; answers how many were wrong.
 * The contacts' own counters follow by themselves.
 */
export async function recountResults(db: Db): Promise<number> {
  const { rows } = await sql<{ wrong: number }>`
    select recode_contacts() + recount_results() as wrong`.execute(db);
  return rows[0]!.wrong;
}
