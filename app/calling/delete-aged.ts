import { sql } from 'kysely';
import type { Tx } from '../infra/db/database.ts';

/** Deletes what was said in calls, also where it lies beside the answers; answers how many calls had something. */
export async function deleteTranscripts(tx: Tx, call_attempt_ids: readonly string[]): Promise<number> {
  const ids = [...call_attempt_ids];
  await tx.deleteFrom('transcript_turn').where('call_attempt_id', 'in', ids).execute();
  await tx
    .updateTable('conversation')
    .set({ state: null })
    .where('call_attempt_id', 'in', ids)
    .where('disposition', 'is not', null)
    .execute();
  await tx.updateTable('call_answer').set({ words: null }).where('call_attempt_id', 'in', ids).execute();
  await tx
    .updateTable('survey_response')
    .set({ q1_words: null, q2_words: null, q3_words: null })
    .where('call_attempt_id', 'in', ids)
    .execute();
  return ids.length;
}

/** Deletes the records of consent of calls. */
export async function deleteConsents(tx: Tx, call_attempt_ids: readonly string[]): Promise<number> {
  await tx
    .deleteFrom('consent_record')
    .where('call_attempt_id', 'in', [...call_attempt_ids])
    .execute();
  return call_attempt_ids.length;
}

/** Deletes the answers of calls; the figures of their campaigns go down with them. */
export async function deleteAnswers(tx: Tx, call_attempt_ids: readonly string[]): Promise<number> {
  const ids = [...call_attempt_ids];
  await tx.deleteFrom('call_answer').where('call_attempt_id', 'in', ids).execute();
  await tx.deleteFrom('survey_response').where('call_attempt_id', 'in', ids).execute();
  return ids.length;
}

/** Deletes the numbers that were dialled for contacts; none of them is in a call. */
export async function forgetDialledNumbers(tx: Tx, contact_ids: readonly string[]): Promise<void> {
  await sql`update call_attempt set phone_number = null
    where contact_id = any(${[...contact_ids]}::uuid[]) and ended_at is not null and phone_number is not null`.execute(
    tx,
  );
}
