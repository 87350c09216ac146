import { sql } from 'kysely';
import type { Secret } from '../infra/config/secret.ts';
import type { Db, Tx } from '../infra/db/database.ts';
import { unsubscribeToken } from './unsubscribe-token.ts';

/** No further mail to that address, in any campaign; it is no phone opt-out. Doing it twice changes nothing. */
export async function unsubscribe(
  db: Db,
  { email_hash, now }: { email_hash: Buffer; now: Date },
): Promise<void> {
  await db
    .insertInto('email_unsubscribe')
    .values({ email_hash, created_at: now })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** Which of these hashes belong to addresses that want no mail, as hex. */
export async function findUnsubscribed(db: Db | Tx, hashes: Buffer[]): Promise<Set<string>> {
  if (hashes.length === 0) return new Set();
  const { rows } = await sql<{ hash: string }>`
    select encode(email_hash, 'hex') as hash from email_unsubscribe
    where email_hash = any(${hashes}::bytea[])`.execute(db);
  return new Set(rows.map(({ hash }) => hash));
}

/** The address that every mail to `email` names; for one-click and for people. */
export function unsubscribeUrl(
  { public_url, phone_hash_key }: { public_url: string; phone_hash_key: Secret<Buffer> },
  email: string,
): string {
  return `${public_url}/unsubscribe/${unsubscribeToken(phone_hash_key.reveal(), email)}`;
}
