import { attemptsClaimed, claimSeconds } from '../../infra/observability/metrics.ts';
import { recordObserved } from '../../infra/observability/observed.ts';
import type { CallPorts } from '../ports.ts';
import { claimContacts, claimRedials } from './claim-contacts.ts';
import { isProviderOpen } from './is-provider-open.ts';
import { openZoneSets } from './open-zone-sets.ts';

type Ctx = Pick<CallPorts, 'db' | 'settings' | 'now' | 'config'>;

const BATCH = 25;

/**
 * One round: claims whoever may be called now, as many as there are free lines, permits and `room` in this process, and
 * answers their call ids. Nobody while no provider is set up or its account is refused.
 */
export async function tick(ctx: Ctx, { room }: { room: number }): Promise<string[]> {
  const { provider_name, max_concurrent_calls, calls_per_second } = await ctx.settings();
  const now = ctx.now();
  if (provider_name === null || !(await isProviderOpen(ctx.db, provider_name, now))) return [];
  const claimed = await claimRedials(ctx.db, { now, calls_per_second, want: room });
  if (claimed.length >= room) return claimed;
  const { ring_timeout_seconds } = ctx.config;
  const open = await openZoneSets(ctx.db, { ring_timeout_seconds, now });
  const limits = { now, max_concurrent_calls, calls_per_second, provider_name, open };
  while (open.length > 0 && claimed.length < room) {
    const want = Math.min(BATCH, room - claimed.length);
    const batch = await observedClaim(() => claimContacts(ctx.db, { ...limits, want }));
    claimed.push(...batch);
    if (batch.length < want) break;
  }
  return claimed;
}

/** Measured, and in the trace of everybody that it found. */
async function observedClaim(claim: () => Promise<string[]>): Promise<string[]> {
  const begunMs = Date.now();
  const measure = claimSeconds.startTimer();
  const claimed = await claim();
  measure();
  attemptsClaimed.inc(claimed.length);
  for (const call_id of claimed) recordObserved('claim', { call_id }, begunMs);
  return claimed;
}
