import { sql } from 'kysely';
import { excludeNumber } from '../contacts/exclusions/exclude-number.ts';
import type { Tx } from '../infra/db/database.ts';
import type { Disposition } from '../infra/db/tables.ts';
import { attemptsSettled } from '../infra/observability/metrics.ts';
import { observed, recordAttempt } from '../infra/observability/observed.ts';
import { type Attempt, DISPOSITIONS } from './call.ts';
import { type CallEnd, dispositionOf } from './call-end.ts';
import { type FlowState, step } from './dialogue/flow.ts';
import { keepAnswers } from './keep-answers.ts';
import { lockCall } from './lock-call.ts';
import { settleContact } from './settle-contact.ts';

export type Settlement = {
  call_id: string;
  end: CallEnd;
  ended_at: Date;
  now: Date;
  phoneHash(phone_number: string): Buffer;
};

/**
 * The only end of a call: attempt, answers, contact, opt-out and survey event in the caller's transaction. Final: a
 * second settlement changes nothing and answers null, else the disposition.
 */
export function settleCall(tx: Tx, settlement: Settlement): Promise<Disposition | null> {
  return observed('settle', { call_id: settlement.call_id }, () => settle(tx, settlement));
}

async function settle(tx: Tx, settlement: Settlement): Promise<Disposition | null> {
  const attempt = await lockCall(tx, settlement.call_id);
  if (!attempt || attempt.ended_at !== null) return null;
  const ended_at = latest(attempt.answered_at, attempt.started_at, settlement.ended_at);
  const conversation = await endConversation(tx, attempt, settlement.now);
  const evidence = await readEvidence(tx, attempt.id);
  const disposition = dispositionOf({
    end: settlement.end,
    conversation: conversation.disposition,
    answered_by_machine: attempt.answered_by === 'machine',
    ...evidence,
  });
  await endAttempt(tx, attempt, settlement, disposition, ended_at);
  const answers = await keepAnswers(tx, { attempt, disposition, completed_at: ended_at });
  if (disposition === 'opt_out') await exclude(tx, attempt, settlement);
  const reached = await readReach(tx, attempt.id);
  const { callback_at } = conversation;
  const { now, phoneHash } = settlement;
  await settleContact(tx, { attempt, disposition, ended_at, callback_at, answers, reached, now, phoneHash });
  await sql`select pg_notify('scheduler', '')`.execute(tx);
  const { outcome } = DISPOSITIONS[disposition];
  attemptsSettled.inc({ disposition, outcome, answered: String(attempt.answered_at !== null) });
  recordAttempt(attempt, ended_at, { 'vsa.disposition': disposition, 'vsa.outcome': outcome });
  return disposition;
}

/** Whoever was still talking has hung up: the flow says what that means. */
async function endConversation(tx: Tx, attempt: Attempt, now: Date) {
  const row = await tx
    .selectFrom('conversation')
    .select(['state', 'disposition', 'callback_at'])
    .where('call_attempt_id', '=', attempt.id)
    .forUpdate()
    .executeTakeFirst();
  if (!row || row.state === null) return { disposition: null, callback_at: null };
  const { state } = step(row.state as unknown as FlowState, { type: 'hung_up' });
  const disposition = row.disposition ?? state.disposition;
  await tx
    .updateTable('conversation')
    .set({ state: JSON.stringify(state), disposition, token_hash: null, updated_at: now })
    .where('call_attempt_id', '=', attempt.id)
    .execute();
  return { disposition, callback_at: row.callback_at };
}

async function readEvidence(tx: Tx, call_attempt_id: string) {
  const row = await tx
    .selectNoFrom((eb) => [
      eb
        .exists(
          eb
            .selectFrom('consent_record')
            .select('decision')
            .where('call_attempt_id', '=', call_attempt_id)
            .where('decision', '=', 'granted'),
        )
        .as('has_consent'),
      eb
        .selectFrom('call_answer')
        .select((inner) => inner.fn.countAll<number>().as('count'))
        .where('call_attempt_id', '=', call_attempt_id)
        .as('answers_count'),
    ])
    .executeTakeFirstOrThrow();
  return { has_consent: Boolean(row.has_consent), answers_count: row.answers_count ?? 0 };
}

/** How far the call came, by what is kept of it: answers that were discarded do not count. */
async function readReach(tx: Tx, call_attempt_id: string): Promise<number> {
  const { rows } = await sql<{ reached: number }>`
    select call_reach(a) as reached from call_attempt a where a.id = ${call_attempt_id}`.execute(tx);
  return rows[0]!.reached;
}

async function endAttempt(
  tx: Tx,
  attempt: Attempt,
  { end }: Settlement,
  disposition: Disposition,
  ended_at: Date,
): Promise<void> {
  await tx
    .updateTable('call_attempt')
    .set({
      ended_at,
      disposition,
      outcome: DISPOSITIONS[disposition].outcome,
      lease_until: null,
      next_dial_at: null,
      ...(end.by === 'provider' ? { provider_status: end.status } : {}),
      ...(end.by === 'provider' && end.error_code !== null ? { error_code: end.error_code } : {}),
    })
    .where('id', '=', attempt.id)
    .execute();
}

// It was written when it was said; this holds even if that write was lost.
async function exclude(tx: Tx, attempt: Attempt, { phoneHash, now }: Settlement): Promise<void> {
  if (attempt.phone_number === null) return;
  await excludeNumber(tx, {
    phone_number: attempt.phone_number,
    phone_hash: phoneHash(attempt.phone_number),
    campaign_id: null,
    reason: 'opt_out',
    source: 'call',
    now,
  });
}

/** A provider's clock may lag behind ours; a call never ends before it began. */
function latest(...moments: (Date | null)[]): Date {
  return new Date(Math.max(...moments.map((moment) => moment?.getTime() ?? 0)));
}
