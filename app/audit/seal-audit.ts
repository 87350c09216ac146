import { createHmac } from 'node:crypto';
import { sql } from 'kysely';
import type { Db } from '../infra/db/database.ts';

type Sealed = { entry_id: number; entry_hash: Buffer; sealed_at: Date };

/** The signature of a seal: HMAC-SHA256 over the seal before it, the entry's id and hash, and the time. */
export function sealMac(key: Buffer, previous: Buffer, { entry_id, entry_hash, sealed_at }: Sealed): Buffer {
  const text = `${entry_id} ${entry_hash.toString('hex')} ${sealed_at.toISOString()}`;
  return createHmac('sha256', key).update(previous).update(text).digest();
}

/**
 * Signs the end of the chain with a key that the database does not hold; null when it is signed already. Answers the head
 * as `id:hash`, which is worth noting elsewhere: `verify-audit id:hash` then finds whatever is done to the log before it.
 */
export function sealAudit(db: Db, { sealKey, now }: { sealKey: Buffer; now: Date }): Promise<string | null> {
  return db.transaction().execute(async (tx) => {
    // The lock of every append: nothing is written meanwhile, and two processes never sign the same end.
    await sql`select pg_advisory_xact_lock(hashtextextended('audit_log', 0))`.execute(tx);
    const end = await tx
      .selectFrom('audit_log_entry')
      .select(['id', 'hash'])
      .orderBy('id', 'desc')
      .limit(1)
      .executeTakeFirst();
    const last = await tx
      .selectFrom('audit_seal')
      .select(['entry_id', 'mac'])
      .orderBy('id', 'desc')
      .limit(1)
      .executeTakeFirst();
    if (!end || last?.entry_id === end.id) return null;
    const seal = { entry_id: end.id, entry_hash: end.hash, sealed_at: now };
    const mac = sealMac(sealKey, last?.mac ?? Buffer.alloc(32), seal);
    await tx
      .insertInto('audit_seal')
      .values({ ...seal, mac })
      .execute();
    return `${end.id}:${end.hash.toString('hex')}`;
  });
}
