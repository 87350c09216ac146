import { isExcluded } from '../contacts/exclusions/is-excluded.ts';
import { moveContact } from '../contacts/move-contact.ts';
import { appendSurveyEvent } from '../events/append-survey-event.ts';
import type { Tx } from '../infra/db/database.ts';
import type { Disposition, NotReachedReason, SurveyEventType } from '../infra/db/tables.ts';
import { AAPOR_ORDER, type Attempt, DISPOSITIONS } from './call.ts';
import type { KeptAnswer } from './keep-answers.ts';

type Input = {
  attempt: Attempt;
  disposition: Disposition;
  ended_at: Date;
  callback_at: Date | null;
  answers: KeptAnswer[] | null;
  /** How far this call came. */
  reached: number;
  now: Date;
  phoneHash(phone_number: string): Buffer;
};

/** What an ended call means for its contact (SPEC §5.7 and §6), with its survey event where it is the last word. */
export async function settleContact(tx: Tx, input: Input): Promise<void> {
  const { attempt, disposition, now } = input;
  const contact = await readContact(tx, attempt.contact_id);
  // Erased or moved by an operator's hand meanwhile: the call still ends, the contact stays where it was put.
  if (contact.state !== 'in_progress') return;
  const { contact: consequence } = DISPOSITIONS[disposition];
  const set = { ...standing(input, contact), next_attempt_at: null };
  const move = { contact_id: attempt.contact_id, now };
  switch (consequence) {
    case 'completed':
    case 'refused':
      await moveContact(tx, { ...move, to: consequence, set });
      return appendEvent(tx, input, `survey.${consequence}`, contact.attempts_count);
    case 'retry':
      return retryOrEnd(tx, input, contact);
    default:
      return endNotReached(tx, input, contact, consequence);
  }
}

/** Where the contact stands after this call: its last outcome, its code, and the furthest that any call came. */
function standing({ disposition, reached }: Input, contact: ContactRow) {
  const { outcome, aapor, contact: consequence } = DISPOSITIONS[disposition];
  const aapor_code = consequence === 'retry' ? higherCode(contact.aapor_code, aapor) : aapor;
  return { last_outcome: outcome, aapor_code, reached: Math.max(reached, contact.reached) };
}

function higherCode(a: string, b: string): string {
  const rank = (code: string) => (AAPOR_ORDER as readonly string[]).indexOf(code);
  return rank(a) === -1 || (rank(b) !== -1 && rank(b) < rank(a)) ? b : a;
}

type ContactRow = Awaited<ReturnType<typeof readContact>>;

function readContact(tx: Tx, contact_id: string) {
  return tx
    .selectFrom('contact as k')
    .innerJoin('campaign as c', 'c.id', 'k.campaign_id')
    .select([
      'k.state',
      'k.attempts_count',
      'k.aapor_code',
      'k.reached',
      'c.max_attempts',
      'c.retry_interval_minutes',
    ])
    .where('k.id', '=', contact_id)
    .forUpdate('k')
    .executeTakeFirstOrThrow();
}

async function retryOrEnd(tx: Tx, input: Input, contact: ContactRow): Promise<void> {
  const { attempt, ended_at, callback_at, now, phoneHash } = input;
  const stands = standing(input, contact);
  const { contact_id, campaign_id, phone_number } = attempt;
  const excluded =
    phone_number !== null && (await isExcluded(tx, { phone_hash: phoneHash(phone_number), campaign_id }));
  if (excluded) {
    const set = { ...stands, next_attempt_at: null, excluded_reason: 'exclusion_list' };
    return moveContact(tx, { contact_id, to: 'excluded', now, set });
  }
  if (contact.attempts_count >= contact.max_attempts) {
    return endNotReached(tx, input, contact, 'attempts_used_up');
  }
  const afterInterval = new Date(ended_at.getTime() + contact.retry_interval_minutes * 60_000);
  // Who asked for a time is called then, before all others.
  const asked = callback_at ? { waits_as: 0 } : {};
  const set = { ...stands, next_attempt_at: callback_at ?? afterInterval, ...asked };
  await moveContact(tx, { contact_id, to: 'pending', now, set });
}

async function endNotReached(
  tx: Tx,
  input: Input,
  contact: ContactRow,
  not_reached_reason: NotReachedReason,
): Promise<void> {
  const { attempt, now } = input;
  const set = { ...standing(input, contact), next_attempt_at: null, not_reached_reason };
  await moveContact(tx, { contact_id: attempt.contact_id, to: 'not_reached', now, set });
  await appendEvent(tx, input, 'survey.not_reached', contact.attempts_count);
}

// Once per contact and type, ever: one that was given more attempts ends a second time without a second event.
async function appendEvent(
  tx: Tx,
  { attempt, disposition, answers, now }: Input,
  event_type: SurveyEventType,
  attempts_count: number,
): Promise<void> {
  const { contact_id, campaign_id } = attempt;
  await appendSurveyEvent(tx, {
    event_type,
    campaign_id,
    contact_id,
    call_attempt_id: attempt.id,
    call_id: attempt.call_id,
    outcome: DISPOSITIONS[disposition].outcome,
    attempts_count,
    answers: answers && (await describeAnswers(tx, attempt, answers)),
    now,
  });
}

async function describeAnswers(tx: Tx, attempt: Attempt, answers: KeptAnswer[]) {
  const types = await tx
    .selectFrom('campaign')
    .select(['question_1_type', 'question_2_type', 'question_3_type'])
    .where('id', '=', attempt.campaign_id)
    .executeTakeFirstOrThrow();
  return answers.map(({ question, answer, confidence }) => ({
    question,
    type: types[`question_${question as 1 | 2 | 3}_type`],
    answer,
    confidence,
  }));
}
