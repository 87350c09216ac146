import { sql } from 'kysely';
import type { Tx } from '../infra/db/database.ts';
import { newId } from '../infra/db/id.ts';
import type { CallOutcome, SurveyEventType } from '../infra/db/tables.ts';
import type { EventAnswer, SurveyEventMessage } from './survey-event.ts';

export type NewSurveyEvent = {
  event_type: SurveyEventType;
  campaign_id: string;
  contact_id: string;
  call_attempt_id: string | null;
  call_id: string | null;
  outcome: CallOutcome | null;
  attempts_count: number;
  answers: EventAnswer[] | null;
  now: Date;
};

/**
 * Writes what happened in the transaction in which it happened: the fact and its announcement commit together. At most
 * once per contact and type, ever; a repeat writes nothing.
 */
export async function appendSurveyEvent(tx: Tx, event: NewSurveyEvent): Promise<void> {
  const { answers, now, call_attempt_id, ...rest } = event;
  const id = newId();
  const { event_type, campaign_id, contact_id } = rest;
  const payload: SurveyEventMessage = {
    event_id: id,
    ...rest,
    timestamp: now.toISOString(),
    ...(answers === null ? {} : { answers }),
  };
  // One round trip: the settlement of a call waits for it.
  await sql`
    with written as (
      insert into event (id, event_type, campaign_id, contact_id, call_attempt_id, payload, created_at)
      values (${id}, ${event_type}, ${campaign_id}, ${contact_id}, ${call_attempt_id}, ${JSON.stringify(payload)}, ${now})
      on conflict on constraint event_once_per_contact do nothing returning 1)
    select pg_notify('outbox', '') from written`.execute(tx);
}
