import { appendAudit, changesBetween } from '../../audit/append-audit.ts';
import { requireRole } from '../../auth/require-role.ts';
import { type Actor, MANAGERS } from '../../auth/user.ts';
import type { Tx } from '../../infra/db/database.ts';
import type { Campaign } from '../campaign.ts';
import { type CampaignMove, moveCampaign } from './move-campaign.ts';

/** What every action of a person on a campaign brings along. */
export type Command = {
  campaign_id: string;
  actor: Pick<Actor, 'user_id' | 'role'>;
  if_match?: number | undefined;
  now: Date;
};

/** Moves a campaign for a person and writes down that they did. */
export async function moveByUser(
  tx: Tx,
  command: Command,
  action: string,
  move: Pick<CampaignMove, 'to' | 'from' | 'scheduled_at'>,
): Promise<Campaign> {
  const { campaign_id, actor, if_match, now } = command;
  requireRole(actor, MANAGERS);
  const { before, after } = await moveCampaign(tx, { campaign_id, if_match, now, ...move });
  const { updated_at: _, revision: __, ...changes } = changesBetween(before, after);
  await appendAudit(tx, {
    at: now,
    user_id: actor.user_id,
    action: `campaign.${action}`,
    entity: 'campaign',
    entity_id: campaign_id,
    changes,
  });
  return after;
}
