import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { sql } from 'kysely';
import { appendSurveyEvent } from '../../app/events/append-survey-event.ts';
import { CAMPAIGNS } from '../../embedded/demo/campaigns.ts';
import { freePort } from '../../embedded/free-port.ts';
import { postOffice } from '../notifications/post-office.ts';
import { startApi, type TestApi } from '../support/api.ts';
import { waitFor } from '../support/wait-for.ts';

const ROOT = path.join(import.meta.dirname, '../..');
export const COMPLETED_IT = '018f0000-0000-7000-8000-000000000002';

/** An application whose workers are processes of their own, begun and killed by the test, and a mail server. */
export async function mailStack(env: Record<string, string> = {}) {
  const office = await postOffice();
  const api = await startApi({ SMTP_URL: office.url, ...env });
  const campaign_id = await campaign(api);
  const workers = new Set<ChildProcess>();
  return {
    api,
    db: api.db,
    office,
    campaign_id,
    /** Contacts with an address each, who have all completed the survey; answers how many. */
    happen: (count: number) => happen(api, campaign_id, count),
    worker: async () => {
      const child = spawn(process.execPath, ['app/main.ts', 'worker'], {
        cwd: ROOT,
        env: { PATH: process.env.PATH, ...api.env, PORT: String(await freePort()) },
        stdio: 'ignore',
      });
      workers.add(child);
      return child;
    },
    kill: async (child: ChildProcess) => {
      const ended = once(child, 'exit');
      child.kill('SIGKILL');
      await ended;
      workers.delete(child);
    },
    /** The time of every lease is over, as it would be after a while. */
    expireLeases: () => expireLeases(api),
    /** What became of all events, by status. */
    fates: async () => {
      const { rows } = await sql<{ status: string; count: number }>`
        select coalesce(n.status::text, 'nothing') as status, count(*) as count
        from event e left join email_notification n on n.event_id = e.id group by 1`.execute(api.db);
      return Object.fromEntries(rows.map(({ status, count }) => [status, count]));
    },
    stop: async () => {
      for (const child of workers) child.kill('SIGKILL');
      await api.stop();
      await office.close();
    },
  };
}
export type MailStack = Awaited<ReturnType<typeof mailStack>>;

async function campaign(api: TestApi): Promise<string> {
  const answer = await api.call('manager', 'POST', '/api/campaigns', CAMPAIGNS.it);
  const { id } = (await answer.json()) as { id: string };
  await api.db
    .updateTable('campaign')
    .set({ email_completed_template_id: COMPLETED_IT })
    .where('id', '=', id)
    .execute();
  return id;
}

let serial = 0;
async function happen(api: TestApi, campaign_id: string, count: number): Promise<void> {
  const from = serial;
  serial += count;
  const { rows } = await sql<{ id: string }>`
    with zone as (insert into zone_set (country, time_zones) values ('IT', '{Europe/Rome}')
                  on conflict (country, time_zones) do update set country = excluded.country returning id)
    insert into contact (id, campaign_id, phone_number, email, zone_set_id, created_at, updated_at)
    select new_id(), ${campaign_id}, '+39333' || (1000000 + n), 'person' || n || '@example.com', zone.id, now(), now()
    from generate_series(${from}::int, ${from + count - 1}::int) n, zone returning id`.execute(api.db);
  const fact = {
    campaign_id,
    event_type: 'survey.completed',
    outcome: 'completed',
    attempts_count: 1,
  } as const;
  const nothing = { call_attempt_id: null, call_id: null, answers: [] };
  for (let at = 0; at < rows.length; at += 500) {
    await api.db.transaction().execute(async (tx) => {
      for (const { id } of rows.slice(at, at + 500))
        await appendSurveyEvent(tx, { ...fact, ...nothing, contact_id: id, now: new Date() });
    });
  }
}

async function expireLeases({ db }: TestApi): Promise<void> {
  await sql`update event set lease_until = now() - interval '1 s' where lease_until is not null`.execute(db);
  await sql`update bus_message set visible_at = now() - interval '1 s' where visible_at > now()`.execute(db);
  await sql`update email_notification set lease_until = now() - interval '1 s' where status = 'sending'`.execute(
    db,
  );
  await sql`update email_notification set next_send_at = now() where status = 'pending'`.execute(db);
}

export type Place = { table: string; when: 'insert' | 'update' | 'delete'; condition?: string };

/**
 * Whoever comes to this place in the database stands there until `release`: a trigger asks for a lock that is held. So a
 * process can be killed at a step without the step knowing of it.
 */
export async function barrier({ db, api }: MailStack, { table, when, condition = 'true' }: Place) {
  const holder = await api.ctx.pool.connect();
  await holder.query('select pg_advisory_lock(4711)');
  await db.connection().execute(async (one) => {
    await sql`create or replace function stand_here() returns trigger language plpgsql as $$
      begin perform pg_advisory_xact_lock_shared(4711); return coalesce(new, old); end $$`.execute(one);
    await sql`create trigger stand_here before ${sql.raw(when)} on ${sql.table(table)} for each row
              when (${sql.raw(condition)}) execute function stand_here()`.execute(one);
  });
  const waiting = sql<{ pid: number }>`select pid from pg_locks
    where locktype = 'advisory' and objid = 4711 and not granted
      and database = (select oid from pg_database where datname = current_database())`;
  return {
    reached: () =>
      waitFor('somebody standing there', async () => (await waiting.execute(db)).rows.length > 0, 15_000),
    /** Lets go on; `undone` ends the sessions that stand there first, so that what they began is rolled back. */
    release: async ({ undone }: { undone: boolean }) => {
      if (undone) {
        for (const { pid } of (await waiting.execute(db)).rows)
          await sql`select pg_terminate_backend(${pid})`.execute(db);
      }
      await holder.query('select pg_advisory_unlock(4711)');
      holder.release();
      await waitFor('nobody standing there', async () => (await waiting.execute(db)).rows.length === 0);
      await sql`drop trigger stand_here on ${sql.table(table)}`.execute(db);
    },
  };
}
