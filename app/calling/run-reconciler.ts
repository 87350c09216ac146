import { setTimeout as delay } from 'node:timers/promises';
import { failInterruptedImports } from '../contacts/import/fail-interrupted-imports.ts';
import type { CallPorts } from './ports.ts';
import { reconcileCalls } from './reconcile-calls.ts';

const EVERY_MS = 15_000;

/** Looks after what nobody else will end, overdue calls and interrupted imports, until the signal. */
export async function runReconciler(ctx: Omit<CallPorts, 'interpreter'>, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await reconcileCalls(ctx).catch((error: unknown) => {
      ctx.log.error({ err: error }, 'calls could not be looked after');
    });
    await failInterruptedImports(ctx.db, ctx.now()).catch((error: unknown) => {
      ctx.log.error({ err: error }, 'imports could not be looked after');
    });
    await delay(EVERY_MS, undefined, { signal }).catch(() => {});
  }
}
