import { sql } from 'kysely';
import type { Tx } from '../infra/db/database.ts';
import { newId } from '../infra/db/id.ts';
import type { ExclusionSource } from '../infra/db/tables.ts';
import { lockNumber } from './lock-number.ts';

export type Exclusion = {
  phone_number: string;
  phone_hash: Buffer;
  /** null = everywhere */
  campaign_id: string | null;
  reason: string | null;
  source: ExclusionSource;
  now: Date;
};

/**
 * Puts a number on the exclusion list and takes its waiting contacts out, in one transaction under the number's lock.
 * A contact on the line stays with its call, whose settlement looks at the list again. Answers the entry that counts.
 */
export async function excludeNumber(tx: Tx, exclusion: Exclusion): Promise<{ id: string; created: boolean }> {
  const { phone_number, phone_hash, campaign_id, reason, source, now } = exclusion;
  await lockNumber(tx, phone_number);
  const inserted = await tx
    .insertInto('exclusion_list_entry')
    .values({ id: newId(), phone_number, phone_hash, campaign_id, reason, source, created_at: now })
    .onConflict((conflict) => conflict.constraint('exclusion_unique').doNothing())
    .returning('id')
    .executeTakeFirst();
  await excludeWaitingContacts(tx, exclusion);
  if (inserted) return { id: inserted.id, created: true };
  const existing = await tx
    .selectFrom('exclusion_list_entry')
    .select('id')
    .where('phone_hash', '=', phone_hash)
    .where('campaign_id', campaign_id === null ? 'is' : '=', campaign_id)
    .executeTakeFirstOrThrow();
  return { id: existing.id, created: false };
}

async function excludeWaitingContacts(tx: Tx, exclusion: Exclusion): Promise<void> {
  const { phone_number, campaign_id, source, now } = exclusion;
  const excluded_reason = reasonOf(source);
  await tx
    .updateTable('contact')
    .set({
      state: 'excluded',
      excluded_reason,
      not_reached_reason: null,
      next_attempt_at: null,
      updated_at: now,
    })
    .where('phone_number', '=', phone_number)
    .where(
      sql<boolean>`(state = 'pending' or (state = 'not_reached' and not_reached_reason = 'attempts_used_up'))`,
    )
    .$if(campaign_id !== null, (query) => query.where('campaign_id', '=', campaign_id as string))
    .execute();
}

/** Why a contact is excluded, as a word that the lists show. */
export function reasonOf(source: ExclusionSource): string {
  return source === 'call' ? 'opt_out' : 'exclusion_list';
}
