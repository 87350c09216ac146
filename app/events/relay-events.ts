import { sql } from 'kysely';
import type { Db } from '../infra/db/database.ts';
import type { Bus } from '../infra/messaging/bus.ts';
import { recordObserved } from '../infra/observability/observed.ts';
import { SURVEY_EVENTS, type SurveyEventMessage } from './survey-event.ts';

const BATCH = 100;
const LEASE_MS = 30_000;

/**
 * Carries one batch from the outbox to the bus: lease, send, mark. Nothing is locked while sending; a crash before the
 * mark sends the batch again after its lease, so every event arrives at least once. Answers how many it carried.
 */
export async function relayEvents(
  { db, bus }: { db: Db; bus: Bus },
  { now }: { now: Date },
): Promise<number> {
  const leaseUntil = new Date(now.getTime() + LEASE_MS);
  const { rows } = await sql<{ id: string; created_at: Date; payload: SurveyEventMessage }>`
    update event e set lease_until = ${leaseUntil}, publish_attempts = publish_attempts + 1
    from (select id from event where published_at is null and (lease_until is null or lease_until <= ${now})
          order by created_at, id limit ${BATCH} for update skip locked) due
    where e.id = due.id returning e.id, e.created_at, e.payload`.execute(db);
  if (rows.length === 0) return 0;
  // `returning` keeps no order; a contact's events are published as they happened.
  const begunMs = Date.now();
  rows.sort((a, b) => a.created_at.getTime() - b.created_at.getTime());
  await bus.publish(
    SURVEY_EVENTS,
    rows.map(({ id, payload }) => ({ key: id, body: payload })),
    now,
  );
  for (const { payload } of rows) {
    const { call_id, campaign_id, contact_id, event_type } = payload;
    recordObserved('publish event', { call_id, campaign_id, contact_id }, begunMs, { event_type });
  }
  const ids = rows.map((row) => row.id);
  await db
    .updateTable('event')
    .set({ published_at: now, lease_until: null })
    .where('id', 'in', ids)
    .execute();
  return rows.length;
}
