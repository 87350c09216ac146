import { appendAudit } from '../audit/append-audit.ts';
import { requireRole } from '../auth/require-role.ts';
import { MANAGERS } from '../auth/user.ts';
import { AppError } from '../errors.ts';
import { type Db, inTransaction } from '../infra/db/database.ts';
import { ACTIONS, type CampaignStatus, MOVES } from './campaign.ts';
import { lockCampaign } from './lifecycle/lock-campaign.ts';
import type { Command } from './lifecycle/move-by-user.ts';

/** Hides a campaign from every list; its calls and answers stay. 409 while it is scheduled, running or paused. */
export function deleteCampaign(db: Db, command: Command): Promise<void> {
  return inTransaction(db, async (tx) => {
    const { campaign_id, actor, now } = command;
    requireRole(actor, MANAGERS);
    const { status } = await lockCampaign(tx, command);
    if (!(ACTIONS.delete.from as readonly CampaignStatus[]).includes(status)) {
      throw new AppError('campaign.bad_move', `A campaign that is ${status} cannot be deleted.`, {
        extra: { current: status, possible: [...MOVES[status]] },
      });
    }
    await tx
      .updateTable('campaign')
      .set({ deleted_at: now, updated_at: now })
      .where('id', '=', campaign_id)
      .execute();
    await appendAudit(tx, {
      at: now,
      user_id: actor.user_id,
      action: 'campaign.deleted',
      entity: 'campaign',
      entity_id: campaign_id,
      changes: { deleted_at: { previous: null, new: now.toISOString() } },
    });
  });
}
