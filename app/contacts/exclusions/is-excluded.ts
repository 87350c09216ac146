import type { Db } from '../../infra/db/database.ts';

/** True when the number behind the hash may not be dialled in this campaign: excluded there or everywhere. */
export async function isExcluded(
  db: Db,
  input: { phone_hash: Buffer; campaign_id: string },
): Promise<boolean> {
  const entry = await db
    .selectFrom('exclusion_list_entry')
    .select('id')
    .where('phone_hash', '=', input.phone_hash)
    .where((eb) => eb.or([eb('campaign_id', 'is', null), eb('campaign_id', '=', input.campaign_id)]))
    .limit(1)
    .executeTakeFirst();
  return entry !== undefined;
}
