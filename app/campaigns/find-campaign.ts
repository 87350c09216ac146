import { AppError } from '../errors.ts';
import type { Db } from '../infra/db/database.ts';
import type { Campaign } from './campaign.ts';

/** The campaign, or 404 when there is none or it was deleted; with `share` it stays as it is until the commit. */
export async function findCampaign(db: Db, campaign_id: string, lock?: 'share'): Promise<Campaign> {
  const campaign = await db
    .selectFrom('campaign')
    .selectAll()
    .where('id', '=', campaign_id)
    .where('deleted_at', 'is', null)
    .$if(lock === 'share', (found) => found.forShare())
    .executeTakeFirst();
  if (!campaign) throw new AppError('resource.not_found', 'There is no such campaign.');
  return campaign;
}
