import { sql } from 'kysely';
import type { Tx } from '../../infra/db/database.ts';
import { newId } from '../../infra/db/id.ts';

type Listed = { phone_number: string; phone_hash: Buffer };

/**
 * Puts many numbers on the list for every campaign and takes their waiting contacts out, in the caller's transaction and
 * a few statements; answers which of them were new. For a batch: PostgreSQL has room for some ten thousand locks.
 */
export async function excludeNumbers(tx: Tx, listed: readonly Listed[], now: Date): Promise<Set<string>> {
  const numbers = listed.map(({ phone_number }) => phone_number);
  // The same lock as a dial's last look, in one order: a dial sees the entry, or is seen by whoever hangs up.
  await sql`
    select pg_advisory_xact_lock(hashtextextended(phone_number, 0))
    from (select distinct phone_number from unnest(${numbers}::text[]) as n(phone_number) order by 1) numbers`.execute(
    tx,
  );
  const created = await tx
    .insertInto('exclusion_list_entry')
    .values(
      listed.map(({ phone_number, phone_hash }) => ({
        id: newId(),
        phone_number,
        phone_hash,
        campaign_id: null,
        reason: null,
        source: 'import' as const,
        created_at: now,
      })),
    )
    .onConflict((conflict) => conflict.constraint('exclusion_unique').doNothing())
    .returning('phone_number')
    .execute();
  await sql`
    update contact set state = 'excluded', excluded_reason = 'exclusion_list', not_reached_reason = null,
      next_attempt_at = null, updated_at = ${now}
    where phone_number = any(${numbers}::text[])
      and (state = 'pending' or (state = 'not_reached' and not_reached_reason = 'attempts_used_up'))`.execute(
    tx,
  );
  await announceExclusion(tx);
  return new Set(created.map(({ phone_number }) => phone_number as string));
}

/** Tells whoever looks after live calls that the list has grown. */
export async function announceExclusion(tx: Tx): Promise<void> {
  await sql`select pg_notify('exclusions', '')`.execute(tx);
}
