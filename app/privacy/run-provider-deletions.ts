import { setTimeout as delay } from 'node:timers/promises';
import type { CallPorts } from '../calling/ports.ts';
import { deleteAtProvider } from './delete-at-provider.ts';

const EVERY_MS = 2_000;

/** Sees to it, until the signal, that what is due at the providers is deleted there. */
export async function runProviderDeletions(
  ctx: Pick<CallPorts, 'db' | 'log' | 'now' | 'provider'>,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    const confirmed = await deleteAtProvider(ctx).catch((error: unknown) => {
      ctx.log.error({ err: error }, 'copies at the providers could not be looked after');
      return 0;
    });
    if (confirmed === 0) await delay(EVERY_MS, undefined, { signal }).catch(() => {});
  }
}
