import { type Db, inTransaction } from '../../infra/db/database.ts';
import type { Language } from '../../infra/db/tables.ts';
import type { Campaign } from '../campaign.ts';
import { assertReady, campaignReadiness } from '../readiness/campaign-readiness.ts';
import { wasNotReady } from '../status-reason.ts';
import { lockCampaign } from './lock-campaign.ts';
import { type Command, moveByUser } from './move-by-user.ts';
import { assertMove } from './move-campaign.ts';

/**
 * Lets a paused campaign dial again. One that the system paused because it was not ready at its time has never been
 * let through the checklist: it is now, with 409 `campaign.not_ready`.
 */
export function resumeCampaign(db: Db, command: Command & { language: Language }): Promise<Campaign> {
  return inTransaction(db, async (tx) => {
    const { campaign_id, language, now } = command;
    const campaign = await lockCampaign(tx, command);
    assertMove(campaign, 'running', 'paused');
    if (wasNotReady(campaign.status_reason))
      assertReady(await campaignReadiness(tx, { campaign_id, language, now }));
    return moveByUser(tx, command, 'resumed', { to: 'running', from: 'paused' });
  });
}
