import type { Db } from '../infra/db/database.ts';

/** True when the number is on the exclusion list, everywhere or for this campaign. Throws when it cannot tell. */
export async function isExcluded(
  db: Db,
  { phone_hash, campaign_id }: { phone_hash: Buffer; campaign_id: string },
): Promise<boolean> {
  const entry = await db
    .selectFrom('exclusion_list_entry')
    .select('id')
    .where('phone_hash', '=', phone_hash)
    .where((eb) => eb.or([eb('campaign_id', 'is', null), eb('campaign_id', '=', campaign_id)]))
    .executeTakeFirst();
  return entry !== undefined;
}
