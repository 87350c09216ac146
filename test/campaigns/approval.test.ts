import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { approveCampaign } from '../../app/campaigns/approve-campaign.ts';
import { activateCampaign } from '../../app/campaigns/lifecycle/activate-campaign.ts';
import { updateCampaign } from '../../app/campaigns/update-campaign.ts';
import { type CampaignWorld, campaignWorld, ENTERED, NOW } from './a-campaign.ts';

let w: CampaignWorld;
beforeAll(async () => {
  w = await campaignWorld();
});
afterAll(() => w.close());

const HEALTH = { topic: 'health' } as const;

async function ready(entered: Record<string, unknown>) {
  const { id } = await w.create(entered);
  await w.addContacts(id, [{}]);
  return id;
}
const activate = (campaign_id: string) =>
  activateCampaign(w.db, { campaign_id, actor: w.actor, language: 'en', now: NOW });
const failing = (campaign_id: string) => w.failing(campaign_id);

describe('the approval of a sensitive topic', () => {
  const approve = (campaign_id: string, reason = 'agreed with the data protection officer') =>
    approveCampaign(w.db, { campaign_id, actor: w.actor, reason, now: NOW });

  it('counts for this wording and this topic only', async () => {
    const id = await ready(HEALTH);
    await approve(id);
    expect(await failing(id)).toEqual([]);
    const change = (body: Record<string, unknown>) =>
      updateCampaign(w.db, {
        campaign_id: id,
        body: { ...ENTERED, ...HEALTH, ...body },
        actor: w.actor,
        language: 'en',
        now: NOW,
      });
    await change({ question_3_text: 'Anything else?' });
    expect(await failing(id)).toEqual(['error topic.approved topic']);
    await change({});
    await change({ topic: 'religion' });
    expect(await failing(id)).toEqual(['error topic.approved topic']);
    await approve(id);
    expect(await activate(id)).toMatchObject({ status: 'running' });
  });

  it('is written down once, with who and why, and cannot be changed', async () => {
    const id = await ready(HEALTH);
    await approve(id, 'first');
    await approve(id, 'second');
    const entries = await w.db
      .selectFrom('audit_log_entry')
      .select(['user_id', 'changes'])
      .where('entity_id', '=', id)
      .where('action', '=', 'campaign.approved')
      .execute();
    expect(entries).toEqual([
      {
        user_id: w.actor.user_id,
        changes: {
          approval: { previous: null, new: { topic: 'health', script_version: 1, reason: 'first' } },
        },
      },
    ]);
    for (const change of [
      sql`update script_approval set reason = 'x'`,
      sql`delete from script_approval`,
      sql`update script_version set hash = 'x'`,
      sql`delete from script_version where campaign_id = ${id}`,
    ]) {
      await expect(change.execute(w.db)).rejects.toThrow('immutable');
    }
  });

  it('is refused once the campaign runs', async () => {
    const id = await ready(HEALTH);
    await approve(id);
    await activate(id);
    await expect(approve(id)).rejects.toMatchObject({ code: 'campaign.bad_move' });
  });
});
