import { setTimeout as delay } from 'node:timers/promises';
import type { CallPorts } from './ports.ts';
import { reconcileCalls } from './reconcile-calls.ts';

const EVERY_MS = 15_000;

/** Looks after overdue calls until the signal. */
export async function runReconciler(ctx: Omit<CallPorts, 'interpreter'>, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await reconcileCalls(ctx).catch((error: unknown) => {
      ctx.log.error({ err: error }, 'calls could not be looked after');
    });
    await delay(EVERY_MS, undefined, { signal }).catch(() => {});
  }
}
