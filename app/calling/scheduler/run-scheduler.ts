import type pg from 'pg';
import { completeFinishedCampaigns } from '../../campaigns/lifecycle/complete-finished-campaigns.ts';
import { startScheduledCampaigns } from '../../campaigns/lifecycle/start-scheduled-campaigns.ts';
import { waitForNotices } from '../../infra/messaging/wait-for-notice.ts';
import { observed } from '../../infra/observability/observed.ts';
import { placeCall } from '../place-call.ts';
import type { CallPorts } from '../ports.ts';
import { retireUsedUp } from './retire-used-up.ts';
import { tick } from './tick.ts';

type Ctx = Omit<CallPorts, 'interpreter'> & { pool: pg.Pool };

// Due times come by without a notice; a second is as fine as calls per second are.
const TICK_MS = 1_000;
const LIFECYCLE_EVERY_MS = 1_000;
// A burst of notices (many lines freed at once) is one round.
const GATHER_MS = 20;
const LONGEST_BACK_OFF_MS = 15_000;
// Requests under way in this process; a provider that answers slowly must not pile them up.
const MOST_DIALS = 50;

/** Runs campaigns and dials until the signal; then claims nobody more and resolves when its last dial has its answer. */
export async function runScheduler(ctx: Ctx, signal: AbortSignal): Promise<void> {
  const waker = waitForNotices(ctx.pool, ['scheduler'], signal);
  const dials = new Set<Promise<void>>();
  let failures = 0;
  let lifecycleAt = Number.NEGATIVE_INFINITY;
  while (!signal.aborted) {
    try {
      if (performance.now() - lifecycleAt >= LIFECYCLE_EVERY_MS) {
        lifecycleAt = performance.now();
        await moveCampaigns(ctx);
      }
      await dialDue(ctx, dials);
      failures = 0;
      await waker.wait(TICK_MS);
      await pause(GATHER_MS, signal);
    } catch (error) {
      failures += 1;
      ctx.log.error({ err: error }, 'the scheduler could not do its round');
      await pause(Math.min(LONGEST_BACK_OFF_MS, 500 * 2 ** failures), signal);
    }
  }
  await waker.close();
  await Promise.all(dials);
}

/** One round without the loop: for a timer outside. Resolves when every dial it began has its answer. */
export async function runSchedulerOnce(ctx: Ctx): Promise<void> {
  const dials = new Set<Promise<void>>();
  await moveCampaigns(ctx);
  await dialDue(ctx, dials);
  await Promise.all(dials);
}

/** Campaigns whose hour has come start; those with nobody left to call are complete. A batch each, so that dials go on. */
async function moveCampaigns(ctx: Ctx): Promise<void> {
  const now = ctx.now();
  await startScheduledCampaigns(ctx.db, now);
  await retireUsedUp(ctx.db, now);
  await completeFinishedCampaigns(ctx.db, now);
}

async function dialDue(ctx: Ctx, dials: Set<Promise<void>>): Promise<void> {
  for (const call_id of await tick(ctx, { room: MOST_DIALS - dials.size })) {
    const dial = dialOne(ctx, call_id).finally(() => dials.delete(dial));
    dials.add(dial);
  }
}

// A dial that fails halfway is nobody's loss: its lease lapses, or the reconciler finds it.
async function dialOne(ctx: Ctx, call_id: string): Promise<void> {
  try {
    await observed('dial', { call_id }, () => placeCall(ctx, { call_id }));
  } catch (error) {
    ctx.log.error({ err: error, call_id }, 'a dial failed halfway');
  }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(done, ms);
    function done() {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    }
    if (signal.aborted) done();
    else signal.addEventListener('abort', done, { once: true });
  });
}
