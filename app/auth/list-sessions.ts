import type { Db } from '../infra/db/database.ts';
import type { Account } from './user.ts';

/** Sessions that are not over: one's own; an administrator sees everybody's. Newest first, at most 200. */
export async function listSessions(db: Db, { actor, now }: { actor: Account; now: Date }) {
  const rows = await db
    .selectFrom('session')
    .innerJoin('user', 'user.id', 'session.user_id')
    .select([
      'session.id',
      'user_id',
      'name as user_name',
      'session.created_at',
      'last_seen_at',
      'expires_at',
    ])
    .where('revoked_at', 'is', null)
    .where('expires_at', '>', now)
    .$if(actor.role !== 'admin', (query) => query.where('user_id', '=', actor.user_id))
    .orderBy('session.created_at', 'desc')
    .limit(200)
    .execute();
  return rows.map((row) => ({ ...row, is_current: row.id === actor.session_id }));
}
