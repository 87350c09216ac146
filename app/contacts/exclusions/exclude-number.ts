import type { Tx } from '../../infra/db/database.ts';
import { newId } from '../../infra/db/id.ts';
import type { ExclusionSource } from '../../infra/db/tables.ts';
import type { ExcludedReason } from '../contact.ts';
import { lockNumber } from '../lock-number.ts';
import { announceExclusion } from './exclude-numbers.ts';

export type Exclusion = {
  id?: string;
  phone_number: string;
  phone_hash: Buffer;
  /** null = in every campaign */
  campaign_id: string | null;
  reason: string | null;
  source: ExclusionSource;
  now: Date;
};

const EXCLUDED_REASON = {
  call: 'opt_out',
  import: 'do_not_call',
  api: 'exclusion_list',
  manual: 'exclusion_list',
} as const satisfies Record<ExclusionSource, ExcludedReason>;

/**
 * Puts a number on the list and takes its waiting contacts out, in the caller's transaction. `created` is false when the
 * entry was there; its contacts are looked at again all the same.
 */
export async function excludeNumber(tx: Tx, exclusion: Exclusion): Promise<{ id: string; created: boolean }> {
  await lockNumber(tx, exclusion.phone_number);
  const entry = await writeEntry(tx, exclusion);
  await excludeWaitingContacts(tx, exclusion);
  await announceExclusion(tx);
  return entry;
}

async function writeEntry(tx: Tx, exclusion: Exclusion): Promise<{ id: string; created: boolean }> {
  const { phone_number, phone_hash, campaign_id, reason, source, now } = exclusion;
  const inserted = await tx
    .insertInto('exclusion_list_entry')
    .values({
      id: exclusion.id ?? newId(),
      phone_number,
      phone_hash,
      campaign_id,
      reason,
      source,
      created_at: now,
    })
    .onConflict((conflict) => conflict.constraint('exclusion_unique').doNothing())
    .returning('id')
    .executeTakeFirst();
  if (inserted) return { id: inserted.id, created: true };
  const present = await tx
    .selectFrom('exclusion_list_entry')
    .select('id')
    .where('phone_hash', '=', phone_hash)
    .where('campaign_id', 'is not distinct from', campaign_id)
    .executeTakeFirstOrThrow();
  return { id: present.id, created: false };
}

// A contact in a call is left to the call's own end, which asks the list again.
async function excludeWaitingContacts(tx: Tx, exclusion: Exclusion): Promise<void> {
  const { phone_number, campaign_id, source, now } = exclusion;
  await tx
    .updateTable('contact')
    .set({
      state: 'excluded',
      excluded_reason: EXCLUDED_REASON[source],
      not_reached_reason: null,
      next_attempt_at: null,
      updated_at: now,
    })
    .where('phone_number', '=', phone_number)
    .$if(campaign_id !== null, (query) => query.where('campaign_id', '=', campaign_id!))
    .where((eb) => eb.or([eb('state', '=', 'pending'), eb('not_reached_reason', '=', 'attempts_used_up')]))
    .execute();
}
