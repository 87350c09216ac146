import type { Actor } from '../auth/user.ts';
import { type Db, inTransaction } from '../infra/db/database.ts';
import type { Campaign } from './campaign.ts';
import { inputOf } from './campaign-input.ts';
import { createCampaign } from './create-campaign.ts';
import { findCampaign } from './find-campaign.ts';

const COPY = { en: 'copy', it: 'copia' };

/** A new draft with the same script and rules and no contacts: the way to change what is locked. */
export function duplicateCampaign(
  db: Db,
  input: { campaign_id: string; actor: Pick<Actor, 'user_id' | 'role'>; language: 'en' | 'it'; now: Date },
): Promise<Campaign> {
  return inTransaction(db, async (tx) => {
    const original = inputOf(await findCampaign(tx, input.campaign_id));
    const suffix = ` (${COPY[input.language]})`;
    const name = `${original.name.slice(0, 200 - suffix.length)}${suffix}`;
    const campaign = { ...original, name, scheduled_at: null };
    return createCampaign(tx, { ...input, campaign, duplicate_of: input.campaign_id });
  });
}
