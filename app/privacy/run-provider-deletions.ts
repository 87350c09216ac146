import { setTimeout as delay } from 'node:timers/promises';
import type { CallPorts } from '../calling/ports.ts';
import { deleteAtProvider } from './delete-at-provider.ts';

const EVERY_MS = 2_000;

/** Sees to it, until the signal, that what is due at the providers is deleted there. */
export async function runProviderDeletions(
  ctx: Pick<CallPorts, 'db' | 'log' | 'now' | 'provider'>,
  signal: AbortSignal,
): Promise<void> {
  let confirmed = 0;
  while (!signal.aborted) {
    if (confirmed === 0) await delay(EVERY_MS, undefined, { signal }).catch(() => {});
    if (signal.aborted) return;
    confirmed = await deleteAtProvider(ctx).catch((error: unknown) => {
      ctx.log.error({ err: error }, 'copies at the providers could not be looked after');
      return 0;
    });
  }
}
