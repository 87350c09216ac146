import type { Tx } from '../infra/db/database.ts';
import { newId } from '../infra/db/id.ts';
import type { AnswerStatus, Disposition } from '../infra/db/tables.ts';
import type { Attempt } from './call.ts';

export type KeptAnswer = {
  question: number;
  status: AnswerStatus;
  answer: string | null;
  confidence: number | null;
  words: string | null;
};

// Partial answers of somebody who said yes and had to go; anybody else's are forgotten.
const KEEPS_PARTIAL: ReadonlySet<Disposition> = new Set(['break_off', 'callback_requested']);

/** What becomes of the answers of a call that ends so. */
export function fateOfAnswers(disposition: Disposition): 'stored' | 'kept_apart' | 'discarded' {
  if (disposition === 'completed') return 'stored';
  return KEEPS_PARTIAL.has(disposition) ? 'kept_apart' : 'discarded';
}

/**
 * What becomes of the answers of an ended call: all three of a completed one become the survey response (and are
 * returned in order), those of a call that broke off stay apart, all others are deleted.
 */
export async function keepAnswers(
  tx: Tx,
  input: { attempt: Attempt; disposition: Disposition; completed_at: Date },
): Promise<KeptAnswer[] | null> {
  const { attempt, disposition, completed_at } = input;
  const fate = fateOfAnswers(disposition);
  if (fate === 'kept_apart') return null;
  if (fate === 'discarded') {
    await tx.deleteFrom('call_answer').where('call_attempt_id', '=', attempt.id).execute();
    return null;
  }
  const answers = await tx
    .selectFrom('call_answer')
    .select(['question', 'status', 'answer', 'confidence', 'words'])
    .where('call_attempt_id', '=', attempt.id)
    .orderBy('question')
    .execute();
  const [q1, q2, q3] = answers as [KeptAnswer, KeptAnswer, KeptAnswer];
  await tx
    .insertInto('survey_response')
    .values({
      id: newId(),
      contact_id: attempt.contact_id,
      campaign_id: attempt.campaign_id,
      call_attempt_id: attempt.id,
      completed_at,
      q1_answer: q1.answer,
      q1_confidence: q1.confidence,
      q1_status: q1.status,
      q1_words: q1.words,
      q2_answer: q2.answer,
      q2_confidence: q2.confidence,
      q2_status: q2.status,
      q2_words: q2.words,
      q3_answer: q3.answer,
      q3_confidence: q3.confidence,
      q3_status: q3.status,
      q3_words: q3.words,
    })
    .execute();
  await tx.deleteFrom('call_answer').where('call_attempt_id', '=', attempt.id).execute();
  return answers;
}
