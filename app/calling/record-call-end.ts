import { inTransaction, type Tx } from '../infra/db/database.ts';
import { isId } from '../infra/db/id.ts';
import type { Attempt, FinalStatus } from './call.ts';
import type { Fate } from './call-event-inbox.ts';
import { isBeingHeard } from './conversation/hearing.ts';
import { lockCall } from './lock-call.ts';
import type { CallPorts } from './ports.ts';
import { settleCall } from './settle-call.ts';
import type { CallEvent } from './telephony/provider.ts';

type Ctx = Pick<CallPorts, 'db' | 'now' | 'phoneHash'>;

/**
 * Stores the fact that a call ended, once, and settles the call in the same transaction; where its last words are still
 * being understood, they come first and the settlement follows them (`settle-ended-call`). Null for a repeat.
 */
export function recordCallEnd(ctx: Ctx, provider_name: string, event: CallEvent): Promise<Fate> {
  return inTransaction(ctx.db, async (tx) => {
    const call_id = await findCall(tx, provider_name, event);
    // The number and the call before the inbox: the same order as everywhere.
    const attempt = call_id === null ? undefined : await lockCall(tx, call_id);
    const isAnomaly = attempt !== undefined && (attempt.ended_at !== null || isOfAnotherCall(attempt, event));
    const isNews = await keep(tx, { provider_name, event, call_id, is_anomaly: isAnomaly, now: ctx.now() });
    if (!isNews) return null;
    if (!attempt) return { call_id, fate: 'unknown' };
    if (isAnomaly) return { call_id, fate: 'anomaly' };
    await end(tx, ctx, attempt, event);
    return { call_id, fate: 'applied' };
  });
}

async function end(tx: Tx, ctx: Ctx, attempt: Attempt, event: CallEvent): Promise<void> {
  const now = ctx.now();
  const status = event.type as FinalStatus;
  await tx
    .updateTable('call_attempt')
    .set({
      // Whoever speaks of the call has it: an answer to the dial that was lost is found again here.
      provider_call_id: event.provider_call_id,
      dial_state: 'placed',
      provider_status: status,
      provider_raw_status: event.provider_raw_status,
      error_code: event.error?.code ?? null,
      last_fact_at: now,
    })
    .where('id', '=', attempt.id)
    .execute();
  if (await isBeingHeard(tx, attempt.id, now)) return;
  const failure = event.error?.kind ?? null;
  const error_code = event.error?.code ?? null;
  await settleCall(tx, {
    call_id: attempt.call_id,
    end: { by: 'provider', status, failure, error_code },
    ended_at: event.occurred_at,
    now,
    phoneHash: ctx.phoneHash,
  });
}

/** A second call of the provider for one attempt: it should not exist, and must not be mistaken for the first. */
function isOfAnotherCall(attempt: Attempt, event: CallEvent): boolean {
  return attempt.provider_call_id !== null && attempt.provider_call_id !== event.provider_call_id;
}

type Kept = {
  provider_name: string;
  event: CallEvent;
  call_id: string | null;
  is_anomaly: boolean;
  now: Date;
};

async function keep(tx: Tx, { provider_name, event, call_id, is_anomaly, now }: Kept): Promise<boolean> {
  const stored = await tx
    .insertInto('call_event')
    .values({
      provider: provider_name,
      provider_event_key: `${provider_name}:${event.provider_event_key}`,
      call_id,
      type: event.type,
      occurred_at: event.occurred_at,
      received_at: now,
      is_anomaly,
      payload: JSON.stringify(event.payload),
    })
    // A repeat is no news, unless the fact came before anybody knew whose it was.
    .onConflict((conflict) =>
      conflict
        .column('provider_event_key')
        .doUpdateSet((eb) => ({
          call_id: eb.ref('excluded.call_id'),
          is_anomaly: eb.ref('excluded.is_anomaly'),
        }))
        .where('call_event.call_id', 'is', null)
        .where('excluded.call_id', 'is not', null),
    )
    .returning('id')
    .executeTakeFirst();
  return stored !== undefined;
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
