import { appendAudit } from '../../audit/append-audit.ts';
import type { Tx } from '../../infra/db/database.ts';
import { moveCampaign } from './move-campaign.ts';

/** Stops new dials of a running campaign and says why; false when it does not run. */
export async function pauseCampaignBySystem(
  tx: Tx,
  input: { campaign_id: string; reason: string; now: Date },
): Promise<boolean> {
  const { campaign_id, reason, now } = input;
  const running = await tx
    .selectFrom('campaign')
    .select('id')
    .where('id', '=', campaign_id)
    .where('status', '=', 'running')
    .where('deleted_at', 'is', null)
    .forNoKeyUpdate()
    .executeTakeFirst();
  if (!running) return false;
  await moveCampaign(tx, { campaign_id, to: 'paused', from: 'running', now, status_reason: reason });
  await appendAudit(tx, {
    at: now,
    user_id: null,
    action: 'campaign.paused',
    entity: 'campaign',
    entity_id: campaign_id,
    changes: {
      status: { previous: 'running', new: 'paused' },
      status_reason: { previous: null, new: reason },
    },
  });
  return true;
}
