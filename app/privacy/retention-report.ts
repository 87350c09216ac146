import { sql } from 'kysely';
import { loadSettings } from '../admin/settings.ts';
import type { Db } from '../infra/db/database.ts';
import { limitOf, RETENTION, RETENTION_CLASSES, type RetentionClass } from './retention-class.ts';

export type ClassReport = {
  class: RetentionClass;
  days: number;
  /** Over its time and not deleted yet; counted up to 10,000. */
  due: number;
  /** When the oldest that is kept will be over its time. */
  next_due_at: Date | null;
  deleted_total: number;
  last_swept_at: Date | null;
};

const COUNTED = 10_000;
const SHOWN = 50;

/** What retention did, what is due, and what the providers have not confirmed yet. */
export async function retentionReport(db: Db, now: Date) {
  const settings = await loadSettings(db);
  const done = await db
    .selectFrom('retention_sweep')
    .select(['class', (eb) => eb.fn.sum<number>('deleted').as('deleted')])
    .select((eb) => eb.fn.max('swept_at').as('swept_at'))
    .groupBy('class')
    .execute();
  const classes: ClassReport[] = [];
  for (const name of RETENTION_CLASSES) {
    const days = settings[RETENTION[name].setting];
    const older_than = limitOf(name, settings, now);
    const { rows } = await sql<{ due: number }>`
      select count(*) as due from (select distinct id from (${RETENTION[name].due(older_than)}) d limit ${COUNTED}) due`.execute(
      db,
    );
    const oldest = await sql<{ at: Date | null }>`
      select min(aged_at) as at from (${RETENTION[name].due(now)}) kept where aged_at >= ${older_than}`.execute(
      db,
    );
    const at = oldest.rows[0]!.at;
    const own = done.find((one) => one.class === name);
    classes.push({
      class: name,
      days,
      due: rows[0]!.due,
      next_due_at: at && new Date(at.getTime() + days * 86_400_000),
      deleted_total: Number(own?.deleted ?? 0),
      last_swept_at: own?.swept_at ?? null,
    });
  }
  return {
    classes,
    sweeps: await lastSweeps(db),
    provider: await atProviders(db),
    held: await heldCount(db),
  };
}

function lastSweeps(db: Db) {
  return db
    .selectFrom('retention_sweep')
    .select(['class', 'swept_at', 'older_than', 'deleted'])
    .orderBy('swept_at', 'desc')
    .orderBy('id')
    .limit(SHOWN)
    .execute();
}

async function atProviders(db: Db) {
  const { rows } = await sql<{
    pending: number;
    failing: number;
    confirmed: number;
    oldest_pending_at: Date | null;
  }>`
    select count(*) filter (where confirmed_at is null) as pending,
      count(*) filter (where confirmed_at is null and last_error is not null) as failing,
      count(*) filter (where confirmed_at is not null) as confirmed,
      min(requested_at) filter (where confirmed_at is null) as oldest_pending_at
    from provider_deletion`.execute(db);
  return rows[0]!;
}

async function heldCount(db: Db): Promise<number> {
  const { held } = await db
    .selectFrom('legal_hold')
    .select((eb) => eb.fn.countAll<number>().as('held'))
    .executeTakeFirstOrThrow();
  return held;
}
