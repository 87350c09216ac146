import { appendAudit } from '../audit/append-audit.ts';
import { requireRole } from '../auth/require-role.ts';
import { ADMINS } from '../auth/user.ts';
import { AppError } from '../errors.ts';
import { type Db, inTransaction } from '../infra/db/database.ts';
import { ACTIONS, type Campaign, type CampaignStatus, MOVES } from './campaign.ts';
import { lockCampaign } from './lifecycle/lock-campaign.ts';
import type { Command } from './lifecycle/move-by-user.ts';

/**
 * Puts an administrator's word on record that this wording may be used for this topic; reworded or given another topic,
 * the campaign needs a new one. Said twice it counts once, with the first reason. 409 while it runs and once it is over.
 */
export function approveCampaign(db: Db, approval: Command & { reason: string }): Promise<Campaign> {
  return inTransaction(db, async (tx) => {
    const { campaign_id, actor, reason, now } = approval;
    requireRole(actor, ADMINS);
    const campaign = await lockCampaign(tx, approval);
    const { status, script_version, topic } = campaign;
    if (!(ACTIONS.approve.from as readonly CampaignStatus[]).includes(status)) {
      throw new AppError('campaign.bad_move', `A campaign that is ${status} cannot be approved.`, {
        extra: { current: status, possible: [...MOVES[status]] },
      });
    }
    const row = { campaign_id, script_version, topic, approved_by_user_id: actor.user_id, reason };
    const { numInsertedOrUpdatedRows: added } = await tx
      .insertInto('script_approval')
      .values({ ...row, approved_at: now })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirstOrThrow();
    if (added === 0n) return campaign;
    await appendAudit(tx, {
      at: now,
      user_id: actor.user_id,
      action: 'campaign.approved',
      entity: 'campaign',
      entity_id: campaign_id,
      changes: {
        approval: { previous: null, new: { topic, script_version, reason } },
      },
    });
    return campaign;
  });
}
