import { AppError } from '../../errors.ts';
import type { Tx } from '../../infra/db/database.ts';
import type { Campaign } from '../campaign.ts';

/**
 * The campaign, held against every other change until the commit; 404 when missing or deleted, 412 when stale. Not a
 * full lock: contacts that are just being added point to the row, and nobody who pauses may have to wait for a file.
 */
export async function lockCampaign(
  tx: Tx,
  input: { campaign_id: string; if_match?: number | undefined },
): Promise<Campaign> {
  const campaign = await tx
    .selectFrom('campaign')
    .selectAll()
    .where('id', '=', input.campaign_id)
    .where('deleted_at', 'is', null)
    .forNoKeyUpdate()
    .executeTakeFirst();
  if (!campaign) throw new AppError('resource.not_found', 'There is no such campaign.');
  if (input.if_match !== undefined && input.if_match !== campaign.revision) {
    throw new AppError('request.stale', 'Somebody changed this campaign in the meantime.');
  }
  return campaign;
}
