import { pauseCampaignBySystem } from '../campaigns/lifecycle/pause-campaign-by-system.ts';
import { inTransaction, type Tx } from '../infra/db/database.ts';
import type { Attempt } from './call.ts';
import { lockCall } from './lock-call.ts';
import type { CallPorts } from './ports.ts';
import { settleCall } from './settle-call.ts';
import type { PlaceCallResult } from './telephony/provider.ts';
import { withdrawAttempt } from './withdraw-attempt.ts';

type Ctx = Pick<CallPorts, 'db' | 'phoneHash'>;
type Rejected = Extract<PlaceCallResult, { kind: 'rejected' }>;
type Input = { attempt: Attempt; result: PlaceCallResult; now: Date };

const BREAKER_MS = 60_000;
const LONGEST_BACK_OFF_MS = 60_000;

/** Stores what the provider answered to a dial request; a fact that a webhook brought first stands. */
export function recordDialResult(ctx: Ctx, input: Input): Promise<void> {
  return inTransaction(ctx.db, async (tx) => {
    const attempt = await lockCall(tx, input.attempt.call_id);
    if (!attempt) return;
    const { result } = input;
    if (result.kind === 'placed') return adopt(tx, attempt, result.provider_call_id, input.now);
    // The provider spoke of this call while its answer was on the way: it exists, whatever the answer says.
    if (attempt.ended_at !== null || attempt.provider_call_id !== null) return;
    switch (result.kind) {
      case 'not_placed':
        return backOff(tx, attempt, result.retry_after_ms, result.error_code, input.now);
      case 'unknown':
        return forgetNothing(tx, attempt, result.error_code);
      case 'rejected':
        return reject(tx, ctx, attempt, result, input.now);
      default:
        return result satisfies never;
    }
  });
}

async function adopt(tx: Tx, attempt: Attempt, provider_call_id: string, now: Date): Promise<void> {
  if (attempt.provider_call_id !== null) return;
  await tx
    .updateTable('call_attempt')
    .set({ provider_call_id, dial_state: 'placed', last_fact_at: now })
    .where('id', '=', attempt.id)
    .execute();
}

/** Nothing was sent or accepted: the same attempt again, later, after the same checks. */
async function backOff(
  tx: Tx,
  attempt: Attempt,
  retry_after_ms: number,
  error_code: string,
  now: Date,
): Promise<void> {
  const doubled = 1_000 * 2 ** Math.min(attempt.dial_tries, 10);
  const waitMs = Math.min(LONGEST_BACK_OFF_MS, Math.max(retry_after_ms, doubled));
  // Jitter, so that calls refused together do not come back together.
  const next_dial_at = new Date(now.getTime() + waitMs * (0.5 + Math.random()));
  const dial_tries = attempt.dial_tries + 1;
  await tx
    .updateTable('call_attempt')
    .set({ dial_state: 'reserved', dial_commit_at: null, next_dial_at, dial_tries, error_code })
    .where('id', '=', attempt.id)
    .execute();
}

async function forgetNothing(tx: Tx, attempt: Attempt, error_code: string): Promise<void> {
  await tx
    .updateTable('call_attempt')
    .set({ dial_state: 'unknown', error_code })
    .where('id', '=', attempt.id)
    .execute();
}

async function reject(tx: Tx, ctx: Ctx, attempt: Attempt, result: Rejected, now: Date): Promise<void> {
  const { failure, error_code } = result;
  if (failure === 'throttled' || failure === 'transient') return backOff(tx, attempt, 0, error_code, now);
  if (failure === 'invalid_number' || failure === 'blocked') {
    const end = { by: 'provider', status: 'failed', failure, error_code } as const;
    const { call_id } = attempt;
    await settleCall(tx, { call_id, end, ended_at: now, now, phoneHash: ctx.phoneHash });
    return;
  }
  await withdrawAttempt(tx, { attempt, excluded_reason: null, now });
  if (failure === 'account') return openBreaker(tx, attempt.provider_name, result.detail, now);
  await pauseCampaignBySystem(tx, { campaign_id: attempt.campaign_id, reason: result.detail, now });
}

async function openBreaker(tx: Tx, provider_name: string, reason: string, now: Date): Promise<void> {
  const open_until = new Date(now.getTime() + BREAKER_MS);
  await tx
    .insertInto('provider_breaker')
    .values({ provider_name, open_until, reason })
    .onConflict((conflict) => conflict.column('provider_name').doUpdateSet({ open_until, reason }))
    .execute();
}
