import { type Db, inTransaction } from '../../infra/db/database.ts';
import type { Language } from '../../infra/db/tables.ts';
import type { Campaign } from '../campaign.ts';
import { assertReady, campaignReadiness } from '../readiness/campaign-readiness.ts';
import { lockCampaign } from './lock-campaign.ts';
import { type Command, moveByUser } from './move-by-user.ts';
import { assertMove } from './move-campaign.ts';

export type Activation = Command & {
  /** When to start; null = now; absent = when the campaign itself says so, else now. */
  scheduled_at?: Date | null | undefined;
  language: Language;
};

/**
 * Starts a draft, now or at a later moment; a moment in the past is now. 409 `campaign.bad_move` from any other status,
 * 409 `campaign.not_ready` with the checklist.
 */
export function activateCampaign(db: Db, activation: Activation): Promise<Campaign> {
  return inTransaction(db, async (tx) => {
    const { campaign_id, language, now } = activation;
    const campaign = await lockCampaign(tx, activation);
    assertMove(campaign, 'running', 'draft');
    assertReady(await campaignReadiness(tx, { campaign_id, language, now }));
    const wanted = activation.scheduled_at === undefined ? campaign.scheduled_at : activation.scheduled_at;
    if (wanted === null || wanted <= now) {
      return moveByUser(tx, activation, 'activated', { to: 'running', from: 'draft', scheduled_at: null });
    }
    return moveByUser(tx, activation, 'scheduled', { to: 'scheduled', from: 'draft', scheduled_at: wanted });
  });
}
