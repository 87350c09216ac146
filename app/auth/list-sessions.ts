import type { Db } from '../infra/db/database.ts';
import type { Account } from './user.ts';

type Query = { actor: Account; idle_minutes: number; page: number; page_size: number; now: Date };

/** A page of the sessions that are not over: one's own; an administrator sees everybody's. Newest first. */
export async function listSessions(db: Db, { actor, idle_minutes, page, page_size, now }: Query) {
  const open = db
    .selectFrom('session')
    .innerJoin('user', 'user.id', 'session.user_id')
    .where('revoked_at', 'is', null)
    .where('expires_at', '>', now)
    .where('last_seen_at', '>', new Date(now.getTime() - idle_minutes * 60_000))
    .$if(actor.role !== 'admin', (query) => query.where('user_id', '=', actor.user_id));
  const rows = await open
    .select(['session.id', 'user_id', 'name as user_name', 'user_agent'])
    .select(['session.created_at', 'last_seen_at', 'expires_at'])
    .orderBy('session.created_at', 'desc')
    .orderBy('session.id')
    .limit(page_size)
    .offset((page - 1) * page_size)
    .execute();
  const { total } = await open.select((eb) => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow();
  return { items: rows.map((row) => ({ ...row, is_current: row.id === actor.session_id })), total };
}
