import { dials } from '../infra/observability/metrics.ts';
import { observed } from '../infra/observability/observed.ts';
import { commitDial } from './commit-dial.ts';
import type { CallPorts } from './ports.ts';
import { recordDialResult } from './record-dial-result.ts';
import type { PlaceCall, PlaceCallResult, TelephonyProvider } from './telephony/provider.ts';

type Ctx = Pick<CallPorts, 'db' | 'log' | 'now' | 'phoneHash' | 'provider' | 'settings' | 'config'>;

export type PlacedCall = 'withdrawn' | 'gone' | PlaceCallResult['kind'];

/**
 * Dials a claimed contact: last checks and dial commit in one transaction, then the request, after the commit and at
 * most once, then its answer. Whatever cannot be decided here is left to webhooks and the reconciler.
 */
export async function placeCall(ctx: Ctx, { call_id }: { call_id: string }): Promise<PlacedCall> {
  const provider = await callProvider(ctx, call_id);
  const { outbound_number } = await ctx.settings();
  const from = provider === null ? null : outbound_number;
  const decision = await observed('commit dial', { call_id }, () =>
    commitDial(ctx, { call_id, from, now: ctx.now() }),
  );
  if (decision.kind === 'withdrawn') {
    ctx.log.info({ call_id, reason: decision.reason }, 'a claimed call was withdrawn');
  }
  if (decision.kind !== 'go' || provider === null) return decision.kind === 'go' ? 'gone' : decision.kind;
  const result = await post(provider, decision.call);
  dials.inc({ result: result.kind });
  if (result.kind !== 'placed') ctx.log.warn({ call_id, ...answerOf(result) }, 'a call was not placed');
  await recordDialResult(ctx, { attempt: decision.attempt, result, now: ctx.now() });
  return result.kind;
}

/** The provider the attempt was claimed for; null when it is no longer set up. */
async function callProvider(ctx: Ctx, call_id: string): Promise<TelephonyProvider | null> {
  const attempt = await ctx.db
    .selectFrom('call_attempt')
    .select('provider_name')
    .where('call_id', '=', call_id)
    .executeTakeFirst();
  if (!attempt) return null;
  return ctx.provider(attempt.provider_name).catch((error: unknown) => {
    ctx.log.error({ err: error, call_id }, 'the telephony provider is not set up');
    return null;
  });
}

// An adapter that throws has not said that nothing was sent: the call may exist.
async function post(provider: TelephonyProvider, call: PlaceCall): Promise<PlaceCallResult> {
  try {
    return await provider.placeCall(call);
  } catch {
    return { kind: 'unknown', error_code: 'adapter' };
  }
}

function answerOf(result: PlaceCallResult) {
  return { answer: result.kind, error_code: 'error_code' in result ? result.error_code : null };
}
