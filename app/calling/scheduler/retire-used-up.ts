import { endUsedUpContacts } from '../../contacts/end-used-up-contacts.ts';
import { appendSurveyEvent } from '../../events/append-survey-event.ts';
import { type Db, inTransaction } from '../../infra/db/database.ts';

const BATCH = 200;

/**
 * Ends the contacts whose campaign was changed to allow no more attempts than they had: not reached, with their event, so
 * that the campaign can complete. Answers how many; call again until it is none.
 */
export function retireUsedUp(db: Db, now: Date): Promise<number> {
  return inTransaction(db, async (tx) => {
    const ended = await endUsedUpContacts(tx, { limit: BATCH, now });
    for (const { contact_id, campaign_id, attempts_count, last_outcome } of ended) {
      const last = await tx
        .selectFrom('call_attempt')
        .select(['id', 'call_id'])
        .where('contact_id', '=', contact_id)
        .orderBy('attempt_number', 'desc')
        .limit(1)
        .executeTakeFirst();
      await appendSurveyEvent(tx, {
        event_type: 'survey.not_reached',
        campaign_id,
        contact_id,
        call_attempt_id: last?.id ?? null,
        call_id: last?.call_id ?? null,
        outcome: last_outcome,
        attempts_count,
        answers: null,
        now,
      });
    }
    return ended.length;
  });
}
