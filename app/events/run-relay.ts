import type pg from 'pg';
import type { Db } from '../infra/db/database.ts';
import type { Bus } from '../infra/messaging/bus.ts';
import { waitForNotices } from '../infra/messaging/wait-for-notice.ts';
import type { Logger } from '../infra/observability/log.ts';
import { measureQueues } from './measure-queues.ts';
import { relayEvents } from './relay-events.ts';

type Ctx = { queueDb: Db; pool: pg.Pool; bus: Bus; log: Pick<Logger, 'error'>; now(): Date };

// Without a notice (a relay died with a lease, the bus was down) the outbox is looked at again after this time.
const IDLE_MS = 1_000;
const MEASURE_MS = 10_000;

/** Relays events until the signal; woken when one is written. */
export async function runRelay(ctx: Ctx, signal: AbortSignal): Promise<void> {
  const waker = waitForNotices(ctx.pool, ['outbox'], signal);
  // A mark that a crash forgets is an event sent again; the hand-over before it is forgotten with it, never alone.
  const { queueDb: db } = ctx;
  let measuredMs = Number.NEGATIVE_INFINITY;
  while (!signal.aborted) {
    const carried = await relayEvents({ ...ctx, db }, { now: ctx.now() }).catch((error: unknown) => {
      ctx.log.error({ err: error }, 'events could not be relayed');
      return 0;
    });
    if (performance.now() - measuredMs >= MEASURE_MS) {
      measuredMs = performance.now();
      await measureQueues({ ...ctx, db }).catch(() => {}); // the failure of the bus itself has been logged above
    }
    if (carried === 0) await waker.wait(IDLE_MS);
  }
  await waker.close();
}
