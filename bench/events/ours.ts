import { sql } from 'kysely';
import { appendSurveyEvent } from '../../app/events/append-survey-event.ts';
import { runRelay } from '../../app/events/run-relay.ts';
import { SURVEY_EVENTS } from '../../app/events/survey-event.ts';
import { inTransaction, openDatabase } from '../../app/infra/db/database.ts';
import { newId } from '../../app/infra/db/id.ts';
import type { Handle } from '../../app/infra/messaging/bus.ts';
import { takeIntoInbox } from '../../app/infra/messaging/inbox.ts';
import { postgresBus } from '../../app/infra/messaging/postgres-bus.ts';

const idle = () => new Promise((resolve) => setTimeout(resolve, 20));

/** The outbox, the relay, the bus and a consumer with its inbox, as in the worker; the work itself is nothing. */
export async function openOurs(url: string) {
  const { db, pool, close } = openDatabase(url, 20);
  const queue = openDatabase(url, 3, { isForQueues: true });
  const log = { error: (fields: object, text: string) => console.error(text, fields) };
  const now = () => new Date();
  const bus = postgresBus({ db: queue.db, pool, topic: SURVEY_EVENTS, now, log });
  const ctx = { queueDb: queue.db, pool, bus, log: log as never, now };
  const user_id = newId();
  await sql`insert into "user" (id, oidc_issuer, oidc_sub, email, name, created_at, updated_at)
            values (${user_id}, 'i', 's', 'b@example.com', 'B', now(), now())`.execute(db);
  const campaign_id = newId();
  await sql`insert into campaign (id, name, language, organization_name, intro_script, question_1_text, question_2_text,
      question_3_text, question_1_type, question_2_type, question_3_type, max_attempts, retry_interval_minutes,
      allowed_call_start_local, allowed_call_end_local, allowed_weekdays, created_by_user_id, created_at, updated_at)
    values (${campaign_id}, 'B', 'en', 'B', 'B', 'a', 'b', 'c', 'free_text', 'free_text', 'free_text', 1, 1,
      '09:00', '20:00', '{mon}', ${user_id}, now(), now())`.execute(db);
  await sql`insert into zone_set (country, time_zones) values ('IT', '{Europe/Rome}')`.execute(db);

  async function contacts(count: number): Promise<string[]> {
    const { rows } = await sql<{ id: string }>`
      insert into contact (id, campaign_id, phone_number, zone_set_id, created_at, updated_at)
      select new_id(), ${campaign_id}, '+39' || (3300000000 + (select count(*) from contact) + n),
             (select id from zone_set limit 1), now(), now()
      from generate_series(1, ${count}::int) n returning id`.execute(db);
    return rows.map(({ id }) => id);
  }
  const message = (contact_id: string) => ({
    event_id: newId(),
    event_type: 'survey.refused',
    campaign_id,
    contact_id,
    call_id: null,
    timestamp: now().toISOString(),
    outcome: 'refused',
    attempts_count: 1,
  });

  /** Consumes with the inbox in the transaction until `count` events were new; `seen` hears each. */
  function consumer(count: number, { seen = (_key: string) => {}, hasInbox = true } = {}) {
    const stop = new AbortController();
    let fresh = 0;
    let finished = () => {};
    const all = new Promise<void>((resolve) => {
      finished = resolve;
    });
    const handle: Handle = async (batch) => {
      for (const { key } of batch) seen(key);
      const keys = batch.map(({ key }) => key);
      fresh += hasInbox
        ? await inTransaction(
            db,
            async (tx) => (await takeIntoInbox(tx, { consumer: 'bench', keys, now: now() })).size,
          )
        : keys.length;
      if (fresh >= count) finished();
      return batch.map(({ id }) => id);
    };
    const running = bus.consume(handle, stop.signal);
    return {
      all,
      stop: async () => {
        stop.abort();
        await running;
      },
    };
  }

  return {
    /** Seconds to publish a batch to the bus, and to consume it. */
    bus: async (count: number, hasInbox: boolean) => {
      const ids = await contacts(count);
      const messages = ids.map((contact_id) => {
        const body = message(contact_id);
        return { key: body.event_id, group: contact_id, body };
      });
      const startedMs = performance.now();
      for (let at = 0; at < messages.length; at += 1_000) await bus.publish(messages.slice(at, at + 1_000));
      const publishedMs = performance.now();
      const consuming = consumer(count, { hasInbox });
      await consuming.all;
      const endedMs = performance.now();
      await consuming.stop();
      return { publish: (publishedMs - startedMs) / 1_000, consume: (endedMs - publishedMs) / 1_000 };
    },
    /** Seconds from the outbox, already written, through relay and bus to the consumer. */
    outbox: async (count: number) => {
      await contacts(count);
      await sql`insert into event (id, event_type, campaign_id, contact_id, payload, created_at)
        select e.id, 'survey.refused', ${campaign_id}, e.contact_id,
          json_build_object('event_id', e.id, 'event_type', 'survey.refused', 'campaign_id', ${campaign_id}::uuid, 'contact_id', e.contact_id,
            'call_id', null, 'timestamp', now(), 'outcome', 'refused', 'attempts_count', 1), now()
        from (select new_id() as id, id as contact_id from contact order by created_at desc, id desc limit ${count}) e`.execute(
        db,
      );
      const stop = new AbortController();
      const startedMs = performance.now();
      const consuming = consumer(count);
      const relaying = runRelay(ctx, stop.signal);
      await consuming.all;
      const seconds = (performance.now() - startedMs) / 1_000;
      stop.abort();
      await relaying;
      await consuming.stop();
      return seconds;
    },
    /** As autovacuum does every minute. */
    tidy: () => sql`vacuum analyze`.execute(db),
    /** Milliseconds from just before an event is written to its handler, one after the other. */
    latencies: async (count: number) => {
      const ids = await contacts(count);
      let heard = (_key: string) => {};
      const stop = new AbortController();
      const consuming = consumer(Number.POSITIVE_INFINITY, { seen: (key) => heard(key) });
      const relaying = runRelay(ctx, stop.signal);
      const samples: number[] = [];
      for (const contact_id of ids) {
        const arrived = new Promise<void>((resolve) => {
          heard = () => resolve();
        });
        const startedMs = performance.now();
        const fact = { campaign_id, contact_id, call_attempt_id: null, call_id: null, answers: null };
        const rest = { event_type: 'survey.refused', outcome: 'refused', attempts_count: 1 } as const;
        await inTransaction(db, (tx) => appendSurveyEvent(tx, { ...fact, ...rest, now: now() }));
        await arrived;
        samples.push(performance.now() - startedMs);
        await idle(); // what follows the handler is over: events do not come one behind the other
      }
      stop.abort();
      await relaying;
      await consuming.stop();
      return samples;
    },
    close: async () => {
      await queue.close();
      await close();
    },
  };
}
