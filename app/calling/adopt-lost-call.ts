import { endCall, isBeyondLimits } from './ask-about-call.ts';
import type { Attempt } from './call.ts';
import type { CallPorts } from './ports.ts';
import { recordCallEvents } from './record-call-events.ts';
import type { FoundCall, TelephonyProvider } from './telephony/provider.ts';

type Ctx = Pick<CallPorts, 'db' | 'log' | 'now' | 'phoneHash' | 'provider' | 'settings'>;

const SEARCH_FROM_SECONDS = -5;
const SEARCH_TO_SECONDS = 30;
const GIVE_UP_SECONDS = 120;

/**
 * Looks for a call whose dial request got no answer, by number and time. Found, it is this attempt's from now on. Not
 * found by ring time-out + 120 s, the attempt ends as `dial_unknown`; when nobody can be asked, later still.
 */
export async function adoptLostCall(ctx: Ctx, attempt: Attempt): Promise<void> {
  const { call_id, provider_name } = attempt;
  const now = ctx.now();
  try {
    const provider = await ctx.provider(provider_name);
    const found = await findOwn(ctx, provider, attempt);
    if (found !== null) {
      const facts = (await provider.getCall(found.provider_call_id)) ?? [];
      await recordCallEvents(ctx, {
        provider_name,
        events: facts.map((fact) => ({ ...fact, call_id })),
      });
      if (isBeyondLimits(attempt, now)) await endCall(ctx, attempt, 'technical');
      return;
    }
  } catch (error) {
    ctx.log.warn({ err: error, call_id }, 'the provider could not be asked about a lost call');
    if (isBeyondLimits(attempt, now)) await endCall(ctx, attempt, 'dial_unknown');
    return;
  }
  const giveUpAt = secondsAfter(attempt, (attempt.ring_timeout_seconds ?? 0) + GIVE_UP_SECONDS);
  if (now >= giveUpAt) await endCall(ctx, attempt, 'dial_unknown');
}

/** The call to that number at that moment which is no other attempt's. */
async function findOwn(ctx: Ctx, provider: TelephonyProvider, attempt: Attempt): Promise<FoundCall | null> {
  const { outbound_number } = await ctx.settings();
  if (outbound_number === null) throw new Error('no outbound number is set');
  const found = await provider.findCalls({
    to: attempt.phone_number!,
    from: outbound_number,
    created_after: secondsAfter(attempt, SEARCH_FROM_SECONDS),
    created_before: secondsAfter(attempt, SEARCH_TO_SECONDS),
  });
  if (found.length === 0) return null;
  const taken = await ctx.db
    .selectFrom('call_attempt')
    .select('provider_call_id')
    .where('provider_name', '=', attempt.provider_name)
    .where(
      'provider_call_id',
      'in',
      found.map(({ provider_call_id }) => provider_call_id),
    )
    .execute();
  const others = new Set(taken.map(({ provider_call_id }) => provider_call_id));
  return found.find(({ provider_call_id }) => !others.has(provider_call_id)) ?? null;
}

function secondsAfter({ dial_commit_at }: Attempt, seconds: number): Date {
  return new Date((dial_commit_at?.getTime() ?? 0) + seconds * 1_000);
}
