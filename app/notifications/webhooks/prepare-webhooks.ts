import { sql } from 'kysely';
import type { SurveyEventMessage } from '../../events/survey-event.ts';
import type { Tx } from '../../infra/db/database.ts';
import { newId } from '../../infra/db/id.ts';

/** Notes that every active receiver of its type is to be told of an event; the unique row makes repeats harmless. */
export async function prepareWebhooks(
  tx: Tx,
  { events, now }: { events: SurveyEventMessage[]; now: Date },
): Promise<void> {
  const { rows } = await sql<{ webhook_id: string; event_id: string }>`
    select webhook.id as webhook_id, e.event_id
    from unnest(${events.map(({ event_id }) => event_id)}::uuid[],
                ${events.map(({ event_type }) => event_type)}::survey_event_type[]) as e (event_id, event_type)
    join webhook on webhook.is_active and e.event_type = any(webhook.event_types)`.execute(tx);
  if (rows.length === 0) return;
  await tx
    .insertInto('webhook_delivery')
    .values(
      rows.map((row) => ({
        id: newId(),
        ...row,
        next_attempt_at: now,
        created_at: now,
        updated_at: now,
      })),
    )
    .onConflict((conflict) => conflict.constraint('webhook_delivery_once').doNothing())
    .execute();
}
