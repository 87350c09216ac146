import { AppError } from '../errors.ts';
import { sha256 } from '../infra/crypto/hash.ts';
import type { Db } from '../infra/db/database.ts';
import type { Account } from './user.ts';

// The idle clock moves at most once a minute, so that reading costs no write; more often where the idle time is short.
const TOUCH_MS = 60_000;

/** The account of a session cookie's value, read afresh so that a changed role counts at once; null when it is over. */
export async function findSession(
  db: Db,
  { token, now, idle_minutes }: { token: string; now: Date; idle_minutes: number },
): Promise<Account | null> {
  const idleSince = new Date(now.getTime() - idle_minutes * 60_000);
  const session = await db
    .selectFrom('session')
    .innerJoin('user', 'user.id', 'session.user_id')
    .select([
      'session.id',
      'session.last_seen_at',
      'user.id as user_id',
      'email',
      'name',
      'role',
      'disabled_at',
    ])
    .where('token_hash', '=', sha256(token))
    .where('revoked_at', 'is', null)
    .where('expires_at', '>', now)
    .where('last_seen_at', '>', idleSince)
    .executeTakeFirst();
  if (!session) return null;
  if (session.disabled_at) throw new AppError('auth.disabled', 'This account is disabled.');
  const touchMs = Math.min(TOUCH_MS, idle_minutes * 6_000);
  if (now.getTime() - session.last_seen_at.getTime() > touchMs) {
    await db.updateTable('session').set({ last_seen_at: now }).where('id', '=', session.id).execute();
  }
  const { user_id, email, name, role } = session;
  return { user_id, email, name, role, session_id: session.id };
}
