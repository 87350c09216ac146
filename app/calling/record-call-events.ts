import { inTransaction, type Tx } from '../infra/db/database.ts';
import { isId } from '../infra/db/id.ts';
import { applyCallEvent } from './apply-call-event.ts';
import type { Attempt } from './call.ts';
import { advanceConversation } from './conversation/advance-conversation.ts';
import { lockCall } from './lock-call.ts';
import type { CallPorts } from './ports.ts';
import type { CallEvent } from './telephony/provider.ts';

type Ctx = Pick<CallPorts, 'db' | 'log' | 'now' | 'phoneHash' | 'provider'>;

/** What must be done about a fact once it is committed. */
type Consequence = { hang_up: string } | { machine: string } | null;

/**
 * Stores facts of calls, each once, and lets them move their calls. Repeats and stragglers change nothing; a fact about
 * a settled call is an anomaly; one about a call that nobody here knows is kept all the same. Throws when it could not
 * be stored: then the provider must send it again.
 */
export async function recordCallEvents(
  ctx: Ctx,
  input: { provider_name: string; events: readonly CallEvent[] },
): Promise<void> {
  for (const event of input.events) {
    const consequence = await inTransaction(ctx.db, (tx) => record(tx, ctx, input.provider_name, event));
    if (consequence !== null) await follow(ctx, input.provider_name, consequence);
  }
}

async function record(tx: Tx, ctx: Ctx, provider_name: string, event: CallEvent): Promise<Consequence> {
  const now = ctx.now();
  const call_id = await findCall(tx, provider_name, event);
  const stored = await tx
    .insertInto('call_event')
    .values({
      provider: provider_name,
      provider_event_key: `${provider_name}:${event.provider_event_key}`,
      call_id,
      type: event.type,
      occurred_at: event.occurred_at,
      received_at: now,
      payload: JSON.stringify(event.payload),
    })
    // A repeat is no news, unless the fact came before anybody knew whose it was.
    .onConflict((conflict) =>
      conflict
        .column('provider_event_key')
        .doUpdateSet((eb) => ({ call_id: eb.ref('excluded.call_id') }))
        .where('call_event.call_id', 'is', null)
        .where('excluded.call_id', 'is not', null),
    )
    .returning('id')
    .executeTakeFirst();
  if (!stored) return null;
  const attempt = call_id === null ? undefined : await lockCall(tx, call_id);
  if (!attempt) {
    ctx.log.warn({ type: event.type }, 'a fact about an unknown call');
    return null;
  }
  if (attempt.ended_at !== null || isOfAnotherCall(attempt, event)) {
    ctx.log.warn({ call_id, type: event.type, alert: true }, 'a fact about a call that is settled');
    await tx.updateTable('call_event').set({ is_anomaly: true }).where('id', '=', stored.id).execute();
    return event.type === 'answered' ? { hang_up: event.provider_call_id } : null;
  }
  await applyCallEvent(tx, { attempt, event, now, phoneHash: ctx.phoneHash });
  return event.type === 'machine_detected' ? { machine: attempt.call_id } : null;
}

/** A second call of the provider for one attempt: it should not exist, and must not be mistaken for the first. */
function isOfAnotherCall(attempt: Attempt, event: CallEvent): boolean {
  return attempt.provider_call_id !== null && attempt.provider_call_id !== event.provider_call_id;
}

/** By our own id where the provider gave it back, else by the provider's. */
async function findCall(tx: Tx, provider_name: string, event: CallEvent): Promise<string | null> {
  const given = event.call_id !== null && isId(event.call_id) ? event.call_id : null;
  const attempt = await tx
    .selectFrom('call_attempt')
    .select('call_id')
    .where((eb) =>
      given !== null
        ? eb('call_id', '=', given)
        : eb.and([
            eb('provider_name', '=', provider_name),
            eb('provider_call_id', '=', event.provider_call_id),
          ]),
    )
    .executeTakeFirst();
  return attempt?.call_id ?? null;
}

async function follow(
  ctx: Ctx,
  provider_name: string,
  consequence: Exclude<Consequence, null>,
): Promise<void> {
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
