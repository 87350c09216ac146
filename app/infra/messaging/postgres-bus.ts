import { sql } from 'kysely';
import type pg from 'pg';
import type { Db } from '../db/database.ts';
import type { Bus, Handle, Received } from './bus.ts';
import { waitForNotices } from './wait-for-notice.ts';

export type PostgresBusOptions = {
  db: Db;
  pool: pg.Pool;
  topic: string;
  now(): Date;
  log: { error(fields: object, text: string): void };
  visibility_seconds?: number;
  batch?: number;
};

// Without a notice (a consumer died with its batch) the table is looked at again after this time.
const IDLE_MS = 2_000;

/**
 * The default bus: a table, leased with `for update skip locked` and woken by NOTIFY; no other server is needed. Give it
 * a connection whose commits need not wait for the disk: what a crash forgets of it is only done again.
 */
export function postgresBus(options: PostgresBusOptions): Bus & { drain(handle: Handle): Promise<number> } {
  return {
    publish: (messages) => publish(options, messages),
    /** One batch; answers how many of it are done. */
    drain: async (handle) => deal(options, await receive(options), handle),
    consume: (handle, signal) => consume(options, handle, signal),
    depth: () => depth(options),
    redrive: () => redrive(options),
    prepare: async () => {}, // a migration has made it
    close: async () => {},
  };
}

/** Fetches the next batch while one is being dealt with; their groups differ, so order is kept. */
async function consume(options: PostgresBusOptions, handle: Handle, signal: AbortSignal): Promise<void> {
  const failed = (error: unknown) => {
    options.log.error({ err: error }, 'messages could not be taken off the bus');
  };
  const fetchNext = () =>
    receive(options).catch((error: unknown) => {
      failed(error);
      return [];
    });
  const waker = waitForNotices(options.pool, [`bus:${options.topic}`], signal);
  let next = fetchNext();
  while (!signal.aborted) {
    const batch = await next;
    if (batch.length > 0) {
      const dealing = deal(options, batch, handle).catch(failed);
      next = fetchNext();
      await dealing;
    } else {
      await waker.wait(IDLE_MS);
      next = fetchNext();
    }
  }
  await giveBack(options, await next);
  await waker.close();
}

async function deal(options: PostgresBusOptions, batch: Received[], handle: Handle): Promise<number> {
  if (batch.length === 0) return 0;
  const stop = keepInvisible(options, batch);
  try {
    const done = await handle(batch);
    await acknowledge(options.db, done);
    return done.length;
  } finally {
    stop();
  }
}

async function publish({ db, topic, now }: PostgresBusOptions, messages: Parameters<Bus['publish']>[0]) {
  if (messages.length === 0) return [];
  const keys = messages.map(({ key }) => key);
  await sql`
    with sent as (
      insert into bus_message (topic, message_key, group_key, body, visible_at, created_at)
      select ${topic}, key, nullif(group_key, ''), body::jsonb, ${now()}, ${now()}
      from unnest(${keys}::uuid[], ${messages.map(({ group }) => group)}::text[],
                  ${messages.map(({ body }) => JSON.stringify(body))}::text[]) as new (key, group_key, body)
      returning 1)
    select pg_notify(${`bus:${topic}`}, '') from (select count(*) from sent) as all_sent`.execute(db);
  return keys;
}

/**
 * Leases the next batch. A message of a group waits for the earlier ones of it; one whose fifth time is over is dead and
 * holds up nobody. The five is written out so that the index of what is due is used.
 */
async function receive({ db, topic, now, visibility_seconds = 60, batch = 500 }: PostgresBusOptions) {
  const at = now();
  const visibleAgain = new Date(at.getTime() + visibility_seconds * 1_000);
  const { rows } = await sql<Received>`
    update bus_message m set visible_at = ${visibleAgain}, receive_count = receive_count + 1
    from (select id from bus_message due
          where topic = ${topic} and visible_at <= ${at} and receive_count < 5
            and not exists (
              select from bus_message earlier
              where earlier.topic = due.topic and earlier.group_key = due.group_key and earlier.id < due.id
                and (earlier.receive_count < 5 or earlier.visible_at > ${at}))
          order by visible_at, id limit ${batch} for update skip locked) due
    where m.id = due.id
    returning m.id::text as id, m.message_key as key, m.body, m.receive_count`.execute(db);
  return rows.sort((a, b) => Number(a.id) - Number(b.id));
}

async function acknowledge(db: Db, ids: string[]): Promise<void> {
  if (ids.length === 0) return;
  await sql`delete from bus_message where id = any(${ids}::bigint[])`.execute(db);
}

/** What was fetched and not begun when the end came: others see it at once, and it does not count as a delivery. */
async function giveBack({ db, now }: PostgresBusOptions, batch: Received[]): Promise<void> {
  if (batch.length === 0) return;
  await sql`update bus_message set visible_at = ${now()}, receive_count = receive_count - 1
            where id = any(${batch.map(({ id }) => id)}::bigint[])`.execute(db);
}

/** The heartbeat: while a batch is being dealt with, nobody else sees it. */
function keepInvisible(
  { db, now, visibility_seconds = 60, log }: PostgresBusOptions,
  batch: Received[],
): () => void {
  const ids = batch.map(({ id }) => id);
  const beat = () => {
    const until = new Date(now().getTime() + visibility_seconds * 1_000);
    sql`update bus_message set visible_at = ${until} where id = any(${ids}::bigint[])`
      .execute(db)
      .catch((error: unknown) => log.error({ err: error }, 'a batch could not be kept invisible'));
  };
  const timer = setInterval(beat, (visibility_seconds * 1_000) / 3);
  return () => clearInterval(timer);
}

async function depth({ db, topic, now }: PostgresBusOptions) {
  const { rows } = await sql<{ waiting: number; dead: number }>`
    select count(*) filter (where not is_dead) as waiting, count(*) filter (where is_dead) as dead
    from (select receive_count >= 5 and visible_at <= ${now()} as is_dead from bus_message
          where topic = ${topic}) m`.execute(db);
  return rows[0] ?? { waiting: 0, dead: 0 };
}

async function redrive({ db, topic, now }: PostgresBusOptions): Promise<number> {
  const { rows } = await sql`
    update bus_message set receive_count = 0, visible_at = ${now()}
    where topic = ${topic} and receive_count >= 5 and visible_at <= ${now()} returning id`.execute(db);
  await sql`select pg_notify(${`bus:${topic}`}, '')`.execute(db);
  return rows.length;
}
