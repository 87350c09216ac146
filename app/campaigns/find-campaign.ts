import { AppError } from '../errors.ts';
import type { Db } from '../infra/db/database.ts';
import type { Campaign } from './campaign.ts';

/** The campaign, or 404 when there is none or it was deleted. */
export async function findCampaign(db: Db, campaign_id: string): Promise<Campaign> {
  const campaign = await db
    .selectFrom('campaign')
    .selectAll()
    .where('id', '=', campaign_id)
    .where('deleted_at', 'is', null)
    .executeTakeFirst();
  if (!campaign) throw new AppError('resource.not_found', 'There is no such campaign.');
  return campaign;
}
