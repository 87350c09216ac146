import type { Campaign } from './campaign.ts';
import type { Approval } from './campaign-figures.ts';

/** True while the topic is a sensitive one and no administrator has approved this wording for it. */
export function needsApproval(campaign: Pick<Campaign, 'topic'> & { approval: Approval | null }): boolean {
  return campaign.topic !== 'general' && campaign.approval === null;
}
