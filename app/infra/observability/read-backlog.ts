import { sql } from 'kysely';
import type { Db } from '../db/database.ts';

/** What waits in the database at a moment, and what the last hour's calls came to. */
export type Backlog = {
  live_calls: number;
  queues: { queue: 'events' | 'bus' | 'emails'; waiting: number; oldest_seconds: number; dead: number }[];
  hour: { ended: number; answered: number; completed: number; refused: number };
};

// Received this often and not dealt with, a message waits for a person.
const DEAD_AFTER = 5;

type Row = { live_calls: number } & Backlog['hour'] &
  Record<`${'events' | 'bus' | 'emails'}_${'waiting' | 'oldest'}`, number> & {
    bus_dead: number;
  };

/** One round trip, each part by an index over what is open or recent. */
export async function readBacklog(db: Db, now: Date): Promise<Backlog> {
  const hourAgo = new Date(now.getTime() - 3_600_000);
  const { rows } = await sql<Row>`
    with live as (select count(*)::int as live_calls from call_attempt where ended_at is null),
    events as (
      select count(*)::int as events_waiting, coalesce(extract(epoch from ${now} - min(created_at)), 0)::float8 as events_oldest
      from event where published_at is null),
    bus as (
      select count(*) filter (where receive_count < ${DEAD_AFTER})::int as bus_waiting,
             count(*) filter (where receive_count >= ${DEAD_AFTER})::int as bus_dead,
             coalesce(extract(epoch from ${now} - min(created_at) filter (where receive_count < ${DEAD_AFTER})), 0)::float8 as bus_oldest
      from bus_message),
    emails as (
      select count(*)::int as emails_waiting, coalesce(extract(epoch from ${now} - min(next_send_at)), 0)::float8 as emails_oldest
      from email_notification where status = 'pending' and next_send_at <= ${now}),
    -- Started a little earlier: a call of this hour may have begun in the one before.
    hour as (
      select count(*)::int as ended, count(answered_at)::int as answered,
             count(*) filter (where outcome = 'completed')::int as completed,
             count(*) filter (where outcome = 'refused')::int as refused
      from call_attempt where started_at > ${new Date(hourAgo.getTime() - 3_600_000)} and ended_at > ${hourAgo})
    select * from live, events, bus, emails, hour`.execute(db);
  const row = rows[0] as Row;
  const { live_calls, ended, answered, completed, refused } = row;
  const queue = (name: 'events' | 'bus' | 'emails', dead: number) => ({
    queue: name,
    waiting: row[`${name}_waiting`],
    // A row of the future, by another machine's clock, is no lag.
    oldest_seconds: Math.max(0, row[`${name}_oldest`]),
    dead,
  });
  return {
    live_calls,
    queues: [queue('events', 0), queue('bus', row.bus_dead), queue('emails', 0)],
    hour: { ended, answered, completed, refused },
  };
}
