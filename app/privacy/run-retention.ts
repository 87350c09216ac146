import { setTimeout as delay } from 'node:timers/promises';
import type { Db } from '../infra/db/database.ts';
import type { Logger } from '../infra/observability/log.ts';
import { sweepRetention } from './sweep-retention.ts';

// The promise is limit + 24 hours; a quarter of an hour leaves room for a database that is away.
const EVERY_MS = 15 * 60_000;
// A process that has just started has calls to look after first.
const FIRST_AFTER_MS = 10_000;

type Ctx = { db: Db; log: Pick<Logger, 'info' | 'error'>; now(): Date };

/** Deletes what is over its time, until the signal. */
export async function runRetention(ctx: Ctx, signal: AbortSignal): Promise<void> {
  await delay(FIRST_AFTER_MS, undefined, { signal }).catch(() => {});
  while (!signal.aborted) {
    try {
      const swept = await sweepRetention(ctx.db, { now: ctx.now() });
      if (Object.values(swept).some((count) => count > 0))
        ctx.log.info({ swept }, 'what was over its time is deleted');
    } catch (error) {
      ctx.log.error({ err: error, alert: true }, 'what is over its time could not be deleted');
    }
    await delay(EVERY_MS, undefined, { signal }).catch(() => {});
  }
}
