import type pg from 'pg';
import { waitForNotices } from '../infra/messaging/wait-for-notice.ts';
import { hangUpExcluded } from './hang-up-excluded.ts';
import type { CallPorts } from './ports.ts';

// A call that was just being placed has no provider's id yet when the entry is announced; it is found a moment later.
const EVERY_MS = 2_000;

/** Ends live calls to numbers that are excluded meanwhile, within seconds, until the signal. */
export async function runExclusionWatch(
  ctx: Pick<CallPorts, 'db' | 'log' | 'provider'> & { pool: pg.Pool },
  signal: AbortSignal,
): Promise<void> {
  const waker = waitForNotices(ctx.pool, ['exclusions'], signal);
  while (!signal.aborted) {
    await hangUpExcluded(ctx).catch((error: unknown) => {
      ctx.log.error({ err: error }, 'excluded numbers could not be looked for among the live calls');
    });
    await waker.wait(EVERY_MS);
  }
  await waker.close();
}
