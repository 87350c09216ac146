import { inTransaction } from '../infra/db/database.ts';
import type { Attempt } from './call.ts';
import type { CallPorts } from './ports.ts';
import { recordCallEvents } from './record-call-events.ts';
import { settleCall } from './settle-call.ts';

type Ctx = Pick<CallPorts, 'db' | 'log' | 'now' | 'phoneHash' | 'provider'>;

// After ringing and talking as long as a call may, this much more, and it is over whatever anybody says.
const GRACE_SECONDS = 120;

/** Asks the provider about a call it took and records what it knows; ends a call that is beyond every limit. */
export async function askAboutCall(ctx: Ctx, attempt: Attempt): Promise<void> {
  const { call_id, provider_name, provider_call_id } = attempt;
  if (provider_call_id === null) return;
  const isBeyond = isBeyondLimits(attempt, ctx.now());
  try {
    const provider = await ctx.provider(provider_name);
    const facts = await provider.getCall(provider_call_id);
    if (facts === null) return endCall(ctx, attempt, 'technical');
    await recordCallEvents(ctx, { provider_name, events: facts.map((fact) => ({ ...fact, call_id })) });
    if (isBeyond) await provider.hangUp(provider_call_id);
  } catch (error) {
    ctx.log.warn({ err: error, call_id }, 'the provider could not be asked about a call');
  }
  if (isBeyond) await endCall(ctx, attempt, 'technical');
}

/** True once the call has had all the time that ringing, talking and a provider's delay can take. */
export function isBeyondLimits(attempt: Attempt, now: Date): boolean {
  const { dial_commit_at, ring_timeout_seconds, time_limit_seconds } = attempt;
  const longest = (ring_timeout_seconds ?? 0) + (time_limit_seconds ?? 0) + GRACE_SECONDS;
  return dial_commit_at !== null && now.getTime() >= dial_commit_at.getTime() + longest * 1_000;
}

/** Ends a call on nobody's word but ours. */
export async function endCall(
  ctx: Ctx,
  { call_id }: Attempt,
  disposition: 'technical' | 'dial_unknown',
): Promise<void> {
  const now = ctx.now();
  const end = { by: 'reconciler', disposition } as const;
  const settled = await inTransaction(ctx.db, (tx) =>
    settleCall(tx, { call_id, end, ended_at: now, now, phoneHash: ctx.phoneHash }),
  );
  if (settled) ctx.log.warn({ call_id, disposition: settled }, 'a call was ended by the reconciler');
}
