import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Campaign, type CampaignStatus, MOVES } from '../../app/campaigns/campaign.ts';
import { inputOf } from '../../app/campaigns/campaign-input.ts';
import { deleteCampaign } from '../../app/campaigns/delete-campaign.ts';
import { duplicateCampaign } from '../../app/campaigns/duplicate-campaign.ts';
import { findCampaign } from '../../app/campaigns/find-campaign.ts';
import { activateCampaign } from '../../app/campaigns/lifecycle/activate-campaign.ts';
import { cancelCampaign } from '../../app/campaigns/lifecycle/cancel-campaign.ts';
import { completeFinishedCampaigns } from '../../app/campaigns/lifecycle/complete-finished-campaigns.ts';
import { pauseCampaign } from '../../app/campaigns/lifecycle/pause-campaign.ts';
import { resumeCampaign } from '../../app/campaigns/lifecycle/resume-campaign.ts';
import { startScheduledCampaigns } from '../../app/campaigns/lifecycle/start-scheduled-campaigns.ts';
import { unscheduleCampaign } from '../../app/campaigns/lifecycle/unschedule-campaign.ts';
import { updateCampaign } from '../../app/campaigns/update-campaign.ts';
import { newId } from '../../app/infra/db/id.ts';
import { type CampaignWorld, campaignWorld, ENTERED, NOW } from './a-campaign.ts';

let w: CampaignWorld;
let people: string[];
beforeAll(async () => {
  w = await campaignWorld();
  const second = newId();
  const who = { oidc_issuer: 'i', oidc_sub: 's2', email: 'n@example.com', name: 'N' };
  await w.db
    .insertInto('user')
    .values({ id: second, ...who, created_at: NOW, updated_at: NOW })
    .execute();
  people = [w.actor.user_id, second];
});
afterAll(() => w.close());

const LATER = new Date(NOW.getTime() + 3_600_000);
const ALL = Object.keys(MOVES) as CampaignStatus[];
type Command = {
  campaign_id: string;
  actor: { user_id: string; role: 'campaign_manager' };
  if_match: number | undefined;
  language: 'en';
  now: Date;
};
/** From where an action is possible and where it leads; null: the status stays. */
type Rule = {
  from: readonly CampaignStatus[];
  to: CampaignStatus | null;
  run(command: Command, seen: Campaign): Promise<unknown>;
};

/** What somebody's page sends back; the start is not on it. */
function without(seen: Campaign): Record<string, unknown> {
  const { scheduled_at: _, ...fields } = inputOf(seen);
  return fields;
}

const ACTIONS: Record<string, Rule> = {
  activate: { from: ['draft'], to: 'running', run: (c) => activateCampaign(w.db, c) },
  schedule: {
    from: ['draft'],
    to: 'scheduled',
    run: (c) => activateCampaign(w.db, { ...c, scheduled_at: LATER }),
  },
  unschedule: { from: ['scheduled'], to: 'draft', run: (c) => unscheduleCampaign(w.db, c) },
  pause: { from: ['running'], to: 'paused', run: (c) => pauseCampaign(w.db, c) },
  resume: { from: ['paused'], to: 'running', run: (c) => resumeCampaign(w.db, c) },
  cancel: { from: ['scheduled', 'running', 'paused'], to: 'cancelled', run: (c) => cancelCampaign(w.db, c) },
  rename: {
    from: ['draft', 'scheduled', 'running', 'paused'],
    to: null,
    run: (c, seen) => updateCampaign(w.db, { ...c, body: { ...without(seen), name: `Renamed ${newId()}` } }),
  },
  reword: {
    from: ['draft'],
    to: null,
    run: (c) => updateCampaign(w.db, { ...c, body: { ...ENTERED, question_3_text: `Else, ${newId()}?` } }),
  },
  duplicate: { from: ALL, to: null, run: (c) => duplicateCampaign(w.db, c) },
};
const CONFLICTS = ['campaign.bad_move', 'campaign.not_editable', 'campaign.field_locked'];

/** What the system does by itself, between the two. */
const SYSTEM: Record<
  string,
  { from: CampaignStatus; to: CampaignStatus; run(id: string): Promise<unknown> }
> = {
  its_time: { from: 'scheduled', to: 'running', run: () => startScheduledCampaigns(w.db, LATER) },
  all_done: {
    from: 'running',
    to: 'completed',
    run: async (id) => {
      const waiting = w.db
        .updateTable('contact')
        .where('campaign_id', '=', id)
        .where('state', '=', 'pending');
      await waiting.set({ state: 'excluded', excluded_reason: 'opt_out' }).execute();
      await completeFinishedCampaigns(w.db, LATER);
    },
  },
};

async function draft() {
  const { id } = await w.create();
  await w.addContacts(id, [{}]);
  return id;
}

const person = fc.record({
  who: fc.nat(1),
  name: fc.constantFrom(...Object.keys(ACTIONS)),
  // Somebody whose page is old says so; most look before they act.
  match: fc.constantFrom('none', 'none', 'fresh', 'stale'),
});
const turn = fc.oneof(
  { weight: 4, arbitrary: fc.record({ one: person }) },
  { weight: 3, arbitrary: fc.record({ one: person, other: person }) },
  { weight: 1, arbitrary: fc.record({ system: fc.constantFrom(...Object.keys(SYSTEM)) }) },
);
type Person = { who: number; name: string; match: string };

function act(campaign: Campaign, { who, name, match }: Person) {
  const seen = match === 'fresh' ? campaign.revision : match === 'stale' ? campaign.revision - 1 : undefined;
  const command: Command = {
    campaign_id: campaign.id,
    actor: { user_id: people[who]!, role: 'campaign_manager' },
    if_match: seen,
    language: 'en',
    now: NOW,
  };
  return ACTIONS[name]!.run(command, campaign).then(
    () => 'done',
    (error: { code: string; extra?: { possible: CampaignStatus[]; current: CampaignStatus } }) => {
      // A refused move tells what is possible, from the status that it met.
      if (error.code === 'campaign.bad_move')
        expect(error.extra!.possible).toEqual(MOVES[error.extra!.current]);
      return error.code;
    },
  );
}

/** What the table of moves promises to an action that meets the campaign in this status. */
function promised(
  status: CampaignStatus,
  { name, match }: Person,
  isFirst: boolean,
): [string, CampaignStatus] {
  const { from, to } = ACTIONS[name]!;
  // A copy changes nothing of the original, so it asks for no revision.
  if (name !== 'duplicate' && (match === 'stale' || (match === 'fresh' && !isFirst)))
    return ['stale', status];
  if (!from.includes(status)) return ['conflict', status];
  return ['done', to ?? status];
}
const kind = (outcome: string) =>
  outcome === 'request.stale' ? 'stale' : CONFLICTS.includes(outcome) ? 'conflict' : outcome;

/** The outcomes of two who act at once, if `first` came first; a change makes the other's revision an old one. */
function inOrder(status: CampaignStatus, first: Person, second: Person) {
  const [one, after] = promised(status, first, true);
  const changed = one === 'done' && first.name !== 'duplicate';
  const [other, end] = promised(after, second, !changed);
  return { one, other, end };
}

it('two people and the system act in any order, also at once: only the table of moves decides', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(turn, { minLength: 1, maxLength: 10 }), async (turns) => {
      const id = await draft();
      let status: CampaignStatus = 'draft';
      for (const step of turns) {
        const before = await findCampaign(w.db, id);
        if ('system' in step) {
          const { from, to, run } = SYSTEM[step.system]!;
          if (status === from) {
            await run(id);
            status = to;
          }
        } else if (!('other' in step)) {
          const [expected, after] = promised(status, step.one, true);
          expect([step, status, kind(await act(before, step.one))]).toEqual([step, status, expected]);
          status = after;
        } else {
          const { one, other } = step as { one: Person; other: Person };
          const [first, second] = (await Promise.all([act(before, one), act(before, other)])).map(kind);
          const end = await w.statusOf(id);
          const forth = inOrder(status, one, other);
          const back = inOrder(status, other, one);
          expect([
            { one: forth.one, other: forth.other, end: forth.end },
            { one: back.other, other: back.one, end: back.end },
          ]).toContainEqual({ one: first, other: second, end });
          status = end;
        }
        expect(await w.statusOf(id)).toBe(status);
      }
    }),
    { numRuns: 60 },
  );
}, 60_000);

it('whoever deletes at the same time as somebody starts: one of both', async () => {
  for (let round = 0; round < 10; round += 1) {
    const id = await draft();
    const [deleted, started] = await Promise.allSettled([
      deleteCampaign(w.db, { campaign_id: id, actor: w.actor, now: NOW }),
      activateCampaign(w.db, { campaign_id: id, actor: w.actor, language: 'en', now: NOW }),
    ]);
    expect([deleted.status, started.status].sort()).toEqual(['fulfilled', 'rejected']);
  }
});

it('the audit log tells each of them by name, with the values before and after', async () => {
  const id = await draft();
  const start = await findCampaign(w.db, id);
  await act(start, { who: 0, name: 'activate', match: 'none' });
  await act(start, { who: 1, name: 'pause', match: 'none' });
  const entries = await w.db
    .selectFrom('audit_log_entry')
    .select(['user_id', 'action', 'changes'])
    .where('entity_id', '=', id)
    .where('action', '<>', 'campaign.created')
    .orderBy('id')
    .execute();
  expect(entries).toEqual([
    {
      user_id: people[0],
      action: 'campaign.activated',
      changes: { status: { previous: 'draft', new: 'running' } },
    },
    {
      user_id: people[1],
      action: 'campaign.paused',
      changes: { status: { previous: 'running', new: 'paused' } },
    },
  ]);
});
