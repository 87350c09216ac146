import { sql } from 'kysely';
import type { Db } from '../infra/db/database.ts';
import type { Bus } from '../infra/messaging/bus.ts';
import { relayLag } from '../infra/observability/metrics.ts';
import { recordObserved } from '../infra/observability/observed.ts';
import type { SurveyEventMessage } from './survey-event.ts';

const BATCH = 500;
const LEASE_MS = 30_000;
// A bus that takes nothing is asked again soon, then ever more seldom, at the latest when the lease would be over.
const FIRST_RETRY_MS = 500;

type Leased = { id: string; created_at: Date; publish_attempts: number; payload: SurveyEventMessage };

/**
 * Carries one batch from the outbox to the bus: lease, send, mark. Nothing is locked while sending; a crash before the
 * mark sends the batch again after its lease, so every event arrives at least once. An event of a contact is not sent
 * before the earlier ones of that contact are marked, however many relays there are. Answers how many it carried.
 */
export async function relayEvents(
  { db, bus }: { db: Db; bus: Pick<Bus, 'publish'> },
  { now }: { now: Date },
): Promise<number> {
  const begunMs = Date.now();
  const leased = await lease(db, now);
  if (leased.length === 0) return 0;
  let taken: Set<string>;
  try {
    const messages = leased.map(({ id, payload }) => ({ key: id, group: payload.contact_id, body: payload }));
    taken = new Set(await bus.publish(messages));
  } catch (error) {
    await tryLater(db, leased, now);
    throw error;
  }
  await mark(db, leased, taken, now);
  noteSpans(leased, taken, begunMs);
  await tryLater(
    db,
    leased.filter(({ id }) => !taken.has(id)),
    now,
  );
  return taken.size;
}

// `coalesce` keeps the probe off the outbox's own index: it finds a contact's few events by the contact.
async function lease(db: Db, now: Date): Promise<Leased[]> {
  const leaseUntil = new Date(now.getTime() + LEASE_MS);
  const { rows } = await sql<Leased>`
    update event e set lease_until = ${leaseUntil}, publish_attempts = publish_attempts + 1
    from (select id from event due
          where published_at is null and (lease_until is null or lease_until <= ${now})
            and not exists (select from event earlier
                            where earlier.contact_id = due.contact_id
                              and coalesce(earlier.published_at, 'infinity') = 'infinity'
                              and (earlier.created_at, earlier.id) < (due.created_at, due.id))
          order by created_at, id limit ${BATCH} for update skip locked) due
    where e.id = due.id returning e.id, e.created_at, e.publish_attempts, e.payload`.execute(db);
  // `returning` keeps no order.
  return rows.sort((a, b) => a.created_at.getTime() - b.created_at.getTime() || (a.id < b.id ? -1 : 1));
}

async function mark(db: Db, leased: Leased[], taken: Set<string>, now: Date): Promise<void> {
  await sql`update event set published_at = ${now}, lease_until = null
            where id = any(${[...taken]}::uuid[]) and published_at is null`.execute(db);
  for (const { id, created_at } of leased) {
    if (taken.has(id)) relayLag.observe(Math.max(0, now.getTime() - created_at.getTime()) / 1_000);
  }
}

/** Each event's carriage, in the trace of its call. */
function noteSpans(leased: Leased[], taken: Set<string>, begunMs: number): void {
  for (const { id, payload } of leased) {
    if (!taken.has(id)) continue;
    const { call_id, campaign_id, contact_id, event_type } = payload;
    recordObserved('publish event', { call_id, campaign_id, contact_id }, begunMs, { event_type });
  }
}

async function tryLater(db: Db, left: Leased[], now: Date): Promise<void> {
  const [first] = left;
  if (!first) return;
  const pauseMs = Math.min(FIRST_RETRY_MS * 2 ** (first.publish_attempts - 1), LEASE_MS);
  await sql`update event set lease_until = ${new Date(now.getTime() + pauseMs)}
            where id = any(${left.map(({ id }) => id)}::uuid[]) and published_at is null`.execute(db);
}
