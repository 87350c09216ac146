import { sql } from 'kysely';
import type { Db } from '../db/database.ts';
import type { Bus, Received } from './bus.ts';

// Received this often and never acknowledged: it is kept for a person to look at and delivered no more.
const DEAD_AFTER = 5;

/** The default bus: a table, leased with `for update skip locked`; no other server is needed. */
export function postgresBus(db: Db): Bus {
  return {
    publish: async (topic, messages, now) => {
      if (messages.length === 0) return;
      const rows = messages.map(({ key, body }) => ({
        topic,
        message_key: key,
        body: JSON.stringify(body),
        visible_at: now,
        created_at: now,
      }));
      await db.insertInto('bus_message').values(rows).execute();
      await sql`select pg_notify('bus', ${topic})`.execute(db);
    },
    receive: async (topic, max, visibility_seconds, now) => {
      const visibleAgain = new Date(now.getTime() + visibility_seconds * 1_000);
      const { rows } = await sql<Received>`
        update bus_message m set visible_at = ${visibleAgain}, receive_count = receive_count + 1
        from (select id from bus_message
              where topic = ${topic} and visible_at <= ${now} and receive_count < ${DEAD_AFTER}
              order by visible_at, id limit ${max} for update skip locked) due
        where m.id = due.id
        returning m.id::text as id, m.message_key as key, m.body, m.receive_count`.execute(db);
      return rows.sort((a, b) => Number(a.id) - Number(b.id));
    },
    acknowledge: async (topic, ids) => {
      if (ids.length === 0) return;
      await db
        .deleteFrom('bus_message')
        .where('topic', '=', topic)
        .where('id', 'in', ids.map(Number))
        .execute();
    },
  };
}
