import type { Tx } from '../infra/db/database.ts';
import { type Attempt, isFinalStatus, type ProviderStatus, STATUS_RANK } from './call.ts';
import { settleCall } from './settle-call.ts';
import type { CallEvent } from './telephony/provider.ts';

type Input = {
  /** Live, and locked by the caller. */
  attempt: Attempt;
  event: CallEvent;
  now: Date;
  phoneHash(phone_number: string): Buffer;
};

/** Lets one new fact move a live call: by rank, so that the order in which facts come does not matter. */
export async function applyCallEvent(tx: Tx, { attempt, event, now, phoneHash }: Input): Promise<void> {
  const { type } = event;
  await tx
    .updateTable('call_attempt')
    .set({
      // Whoever speaks of the call has it: an answer to the dial that was lost is found again here.
      provider_call_id: event.provider_call_id,
      dial_state: 'placed',
      error_code: null,
      last_fact_at: now,
      ...statusAfter(attempt, event),
      ...answeredAfter(attempt, event),
      ...(type === 'machine_detected' ? { answered_by: 'machine' } : {}),
      ...(type === 'human_detected' && attempt.answered_by !== 'machine' ? { answered_by: 'human' } : {}),
    })
    .where('id', '=', attempt.id)
    .execute();
  if (!isFinalStatus(type)) return;
  const end = {
    by: 'provider',
    status: type,
    failure: event.error?.kind ?? null,
    error_code: event.error?.code ?? null,
  } as const;
  const { call_id } = attempt;
  await settleCall(tx, { call_id, end, ended_at: event.occurred_at, now, phoneHash });
}

function statusAfter(attempt: Attempt, event: CallEvent) {
  if (!(event.type in STATUS_RANK)) return {};
  const status = event.type as ProviderStatus;
  const before = attempt.provider_status;
  if (before !== null && STATUS_RANK[before] >= STATUS_RANK[status]) return {};
  return { provider_status: status, provider_raw_status: event.provider_raw_status };
}

function answeredAfter(attempt: Attempt, event: CallEvent) {
  if (event.type !== 'answered') return {};
  const { answered_at } = attempt;
  return { answered_at: answered_at && answered_at < event.occurred_at ? answered_at : event.occurred_at };
}
