import { appendAudit } from '../../audit/append-audit.ts';
import { type Db, inTransaction, type Tx } from '../../infra/db/database.ts';
import { campaignReadiness } from '../readiness/campaign-readiness.ts';
import { notReadyReason } from '../status-reason.ts';
import { moveCampaign } from './move-campaign.ts';
import { pauseCampaignBySystem } from './pause-campaign-by-system.ts';

/**
 * Starts every scheduled campaign whose time has come, however late, and returns their ids. One that is no longer ready
 * is started and paused at once with the reason, so that it neither dials nor waits unnoticed. One that fails keeps no
 * other from its start: the error is thrown when all had their turn.
 */
export async function startScheduledCampaigns(db: Db, now: Date): Promise<string[]> {
  const due = await db
    .selectFrom('campaign')
    .select('id')
    .where('status', '=', 'scheduled')
    .where('scheduled_at', '<=', now)
    .where('deleted_at', 'is', null)
    .execute();
  const started: string[] = [];
  const errors: unknown[] = [];
  for (const { id } of due) {
    try {
      if (await inTransaction(db, (tx) => startOne(tx, id, now))) started.push(id);
    } catch (error) {
      errors.push(error);
    }
  }
  if (errors.length > 0) throw errors[0];
  return started;
}

// Another scheduler may have been faster, or a person may have taken it back to draft: then there is nothing to do.
async function startOne(tx: Tx, campaign_id: string, now: Date): Promise<boolean> {
  const due = await tx
    .selectFrom('campaign')
    .select('id')
    .where('id', '=', campaign_id)
    .where('status', '=', 'scheduled')
    .where('scheduled_at', '<=', now)
    .forNoKeyUpdate()
    .skipLocked()
    .executeTakeFirst();
  if (!due) return false;
  const readiness = await campaignReadiness(tx, { campaign_id, language: 'en', now });
  await moveCampaign(tx, { campaign_id, to: 'running', from: 'scheduled', now });
  await appendAudit(tx, {
    at: now,
    user_id: null,
    action: 'campaign.started',
    entity: 'campaign',
    entity_id: campaign_id,
    changes: { status: { previous: 'scheduled', new: 'running' } },
  });
  if (readiness.ready) return true;
  const failed = readiness.checks.filter((check) => !check.ok && check.level === 'error');
  const reason = notReadyReason([...new Set(failed.map((check) => check.code))]);
  await pauseCampaignBySystem(tx, { campaign_id, reason, now });
  return false;
}
