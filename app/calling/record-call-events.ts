import { isFinalStatus } from './call.ts';
import { type CallEventInbox, type Fate, inboxOf } from './call-event-inbox.ts';
import { advanceConversation } from './conversation/advance-conversation.ts';
import type { CallPorts } from './ports.ts';
import { recordCallEnd } from './record-call-end.ts';
import type { CallEvent } from './telephony/provider.ts';

type Ctx = Pick<CallPorts, 'db' | 'log' | 'now' | 'phoneHash' | 'provider'>;
type Input = { provider_name: string; events: readonly CallEvent[] };

/** What must be done about a fact once it is committed. */
type Consequence = { hang_up: string } | { machine: string };

/**
 * Stores facts of calls, each once, and lets them move their calls. Repeats and stragglers change nothing; a fact about
 * a settled call is an anomaly; one about a call that nobody here knows is kept all the same. Throws when it could not
 * be stored: then the provider must send it again.
 */
export async function recordCallEvents(ctx: Ctx, input: Input): Promise<void> {
  for (const consequence of await store(ctx, input)) await follow(ctx, input.provider_name, consequence);
}

/** The same for a provider that waits for our answer: what follows from the facts is done after it. */
export async function takeCallEvents(ctx: Ctx, input: Input): Promise<void> {
  const consequences = await store(ctx, input);
  void (async () => {
    for (const consequence of consequences) await follow(ctx, input.provider_name, consequence);
  })();
}

// What ends a call comes last: the end depends on what else is known of it.
async function store(ctx: Ctx, { provider_name, events }: Input): Promise<Consequence[]> {
  const inbox: CallEventInbox = inboxOf(ctx);
  const before = events.filter(({ type }) => !isFinalStatus(type));
  const fates = await Promise.all(before.map((event) => inbox.add(provider_name, event)));
  const consequences = before.map((event, n) => consequenceOf(ctx, event, fates[n] ?? null));
  for (const event of events) {
    if (!isFinalStatus(event.type)) continue;
    consequenceOf(ctx, event, await recordCallEnd(ctx, provider_name, event));
  }
  return consequences.filter((one) => one !== null);
}

function consequenceOf(ctx: Ctx, event: CallEvent, fate: Fate): Consequence | null {
  if (fate === null) return null;
  const { type, provider_call_id } = event;
  const { call_id } = fate;
  switch (fate.fate) {
    case 'unknown':
      ctx.log.warn({ type }, 'a fact about an unknown call');
      return null;
    case 'anomaly':
      ctx.log.warn({ call_id, type, alert: true }, 'a fact about a call that is settled');
      return type === 'answered' ? { hang_up: provider_call_id } : null;
    case 'applied':
      return type === 'machine_detected' && call_id !== null ? { machine: call_id } : null;
    default:
      return fate.fate satisfies never;
  }
}

async function follow(ctx: Ctx, provider_name: string, consequence: Consequence): Promise<void> {
  try {
    const provider = await ctx.provider(provider_name);
    if ('hang_up' in consequence) {
      await provider.hangUp(consequence.hang_up);
      return;
    }
    const step = await advanceConversation(ctx, {
      call_id: consequence.machine,
      event: { type: 'machine_detected' },
    });
    if (step?.actions.some(({ type }) => type === 'hang_up') && step.provider_call_id !== null) {
      await provider.hangUp(step.provider_call_id);
    }
  } catch (error) {
    // The fact is stored; the call's own time limit ends what could not be hung up.
    ctx.log.error({ err: error }, 'a call could not be hung up');
  }
}
