import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CampaignStatus, canMove, MOVES } from '../../app/campaigns/campaign.ts';
import { activateCampaign } from '../../app/campaigns/lifecycle/activate-campaign.ts';
import { cancelCampaign } from '../../app/campaigns/lifecycle/cancel-campaign.ts';
import { completeFinishedCampaigns } from '../../app/campaigns/lifecycle/complete-finished-campaigns.ts';
import { pauseCampaign } from '../../app/campaigns/lifecycle/pause-campaign.ts';
import { resumeCampaign } from '../../app/campaigns/lifecycle/resume-campaign.ts';
import { unscheduleCampaign } from '../../app/campaigns/lifecycle/unschedule-campaign.ts';
import { newId } from '../../app/infra/db/id.ts';
import { type CampaignWorld, campaignWorld, NOW } from './a-campaign.ts';

let w: CampaignWorld;
beforeAll(async () => {
  w = await campaignWorld();
});
afterAll(() => w.close());

const LATER = new Date(NOW.getTime() + 3_600_000);
const ACTIONS = {
  activate: {
    from: ['draft'],
    to: 'running',
    run: (id: string) => activateCampaign(w.db, command(id)),
  },
  schedule: {
    from: ['draft'],
    to: 'scheduled',
    run: (id: string) => activateCampaign(w.db, { ...command(id), scheduled_at: LATER }),
  },
  unschedule: {
    from: ['scheduled'],
    to: 'draft',
    run: (id: string) => unscheduleCampaign(w.db, command(id)),
  },
  pause: { from: ['running'], to: 'paused', run: (id: string) => pauseCampaign(w.db, command(id)) },
  resume: { from: ['paused'], to: 'running', run: (id: string) => resumeCampaign(w.db, command(id)) },
  cancel: {
    from: ['scheduled', 'running', 'paused'],
    to: 'cancelled',
    run: (id: string) => cancelCampaign(w.db, command(id)),
  },
} satisfies Record<string, { from: CampaignStatus[]; to: CampaignStatus; run(id: string): Promise<unknown> }>;

const command = (campaign_id: string) => ({
  campaign_id,
  actor: w.actor,
  language: 'en' as const,
  now: NOW,
});

async function readyCampaign() {
  const { id } = await w.create();
  await w.addContacts(id, [{}]);
  return id;
}

describe('the table of moves', () => {
  it('is the same in the code and in the database', async () => {
    const statuses = Object.keys(MOVES) as CampaignStatus[];
    for (const from of statuses) {
      for (const to of statuses.filter((other) => other !== from)) {
        const move = w.db.transaction().execute(async (tx) => {
          await tx
            .updateTable('campaign')
            .set({ status: to })
            .where('id', '=', await placed(from))
            .execute();
        });
        const allowed = await move.then(
          () => true,
          () => false,
        );
        expect({ from, to, allowed }).toEqual({ from, to, allowed: canMove(from, to) });
      }
    }
  });

  it('lets one of two people win', async () => {
    const id = await readyCampaign();
    await ACTIONS.activate.run(id);
    const both = await Promise.allSettled([ACTIONS.pause.run(id), ACTIONS.pause.run(id)]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });

  it('refuses a stale revision with 412', async () => {
    const id = await readyCampaign();
    await expect(pauseCampaign(w.db, { ...command(id), if_match: 7 })).rejects.toMatchObject({
      code: 'request.stale',
    });
  });
});

/** A new campaign that stands in this status, by the way that leads there. */
async function placed(status: CampaignStatus): Promise<string> {
  const { id } = await w.create();
  const way: Record<CampaignStatus, CampaignStatus[]> = {
    draft: [],
    scheduled: ['scheduled'],
    running: ['running'],
    paused: ['running', 'paused'],
    completed: ['running', 'completed'],
    cancelled: ['running', 'cancelled'],
  };
  for (const step of way[status]) {
    await w.db.updateTable('campaign').set({ status: step }).where('id', '=', id).execute();
  }
  return id;
}

describe('completing by itself', () => {
  const usedUp = { state: 'not_reached', not_reached_reason: 'attempts_used_up', attempts_count: 3 };
  const cases: [string, Record<string, unknown>[], boolean][] = [
    ['nobody to call', [], false],
    ['somebody waits', [{ state: 'completed' }, { state: 'pending' }], false],
    ['somebody is in a call', [{ state: 'completed' }, { state: 'in_progress' }], false],
    ['all are terminal', [{ state: 'completed' }, { state: 'refused' }, usedUp], true],
    ['one has attempts left', [{ state: 'completed' }, { ...usedUp, attempts_count: 2 }], false],
    [
      'a wrong number has attempts left',
      [{ state: 'not_reached', not_reached_reason: 'invalid_number' }],
      true,
    ],
    ['all are excluded', [{ state: 'excluded', excluded_reason: 'do_not_call' }], true],
  ];
  it.each(cases)('%s', async (_name, contacts, completes) => {
    const id = await placed('running');
    if (contacts.length > 0) await w.addContacts(id, contacts);
    expect((await completeFinishedCampaigns(w.db, NOW)).includes(id)).toBe(completes);
    expect(await w.statusOf(id)).toBe(completes ? 'completed' : 'running');
  });

  it('waits for a call that is still live, though its contact is terminal already', async () => {
    const id = await placed('running');
    const [contact_id] = await w.addContacts(id, [{ state: 'excluded', excluded_reason: 'opt_out' }]);
    const call = newId();
    await w.db
      .insertInto('call_attempt')
      .values({
        id: call,
        call_id: call,
        contact_id: contact_id!,
        campaign_id: id,
        attempt_number: 1,
        phone_number: '+393471000000',
        provider_name: 'twilio',
        started_at: NOW,
        script_version: 1,
        language: 'en',
      })
      .execute();
    expect(await completeFinishedCampaigns(w.db, NOW)).not.toContain(id);
    await w.db
      .updateTable('call_attempt')
      .set({ ended_at: NOW, outcome: 'refused', disposition: 'opt_out' })
      .where('id', '=', call)
      .execute();
    expect(await completeFinishedCampaigns(w.db, NOW)).toContain(id);
  });

  it('waits for an import that is under way', async () => {
    const id = await placed('running');
    await w.addContacts(id, [{ state: 'completed' }]);
    const import_id = newId();
    await w.db
      .insertInto('contact_import')
      .values({
        id: import_id,
        campaign_id: id,
        file_name: 'f',
        created_by_user_id: w.actor.user_id,
        created_at: NOW,
        updated_at: NOW,
      })
      .execute();
    expect(await completeFinishedCampaigns(w.db, NOW)).not.toContain(id);
    await w.db.updateTable('contact_import').set({ status: 'failed' }).where('id', '=', import_id).execute();
    expect(await completeFinishedCampaigns(w.db, NOW)).toContain(id);
  });
});

it('whoever pauses does not wait for a file whose rows are being added', async () => {
  const id = await readyCampaign();
  await ACTIONS.activate.run(id);
  const { zone_set_id } = await w.db
    .selectFrom('contact')
    .select('zone_set_id')
    .where('campaign_id', '=', id)
    .executeTakeFirstOrThrow();
  await w.db.transaction().execute(async (tx) => {
    const row = { id: newId(), campaign_id: id, phone_number: '+393479999999', zone_set_id };
    await tx
      .insertInto('contact')
      .values({ ...row, created_at: NOW, updated_at: NOW })
      .execute();
    const paused = await pauseCampaign(w.db, command(id));
    expect(paused.status).toBe('paused');
  });
});

it('a deleted campaign cannot be at work, whatever writes to the table', async () => {
  const id = await readyCampaign();
  await w.db.updateTable('campaign').set({ status: 'running' }).where('id', '=', id).execute();
  const remove = w.db.updateTable('campaign').set({ deleted_at: NOW }).where('id', '=', id).execute();
  await expect(remove).rejects.toThrow('cannot be deleted while it is running');
});
