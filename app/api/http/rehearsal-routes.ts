import { z } from 'zod';
import { findRehearsal, listRehearsals } from '../../calling/rehearsal/find-rehearsals.ts';
import { findTrialRun, listTrialRuns } from '../../calling/rehearsal/find-trial-runs.ts';
import {
  rehearsalAnswer,
  rehearsalItem,
  toRehearsalAnswer,
  toRehearsalItem,
} from '../../calling/rehearsal/rehearsal-answer.ts';
import { runTrial } from '../../calling/rehearsal/run-trial.ts';
import { startRehearsal } from '../../calling/rehearsal/start-rehearsal.ts';
import { type RehearsalTurn, takeRehearsalTurn } from '../../calling/rehearsal/take-rehearsal-turn.ts';
import {
  toTrialRun,
  toTrialRunItem,
  trialRun,
  trialRunItem,
} from '../../calling/rehearsal/trial-run-answer.ts';
import { text } from '../../campaigns/campaign-input.ts';
import { findCampaign } from '../../campaigns/find-campaign.ts';
import { paged, pageQuery, toPage } from './paging.ts';
import { MANAGERS, READERS, route } from './route.ts';

const tag = 'rehearsals';
const byId = z.object({ id: z.string() });
const start = z.object({ language: z.enum(['en', 'it']).optional() }).nullish();
const LONGEST_WORDS = 1000;
const turn = z
  .object({
    text: text(LONGEST_WORDS).min(1).optional(),
    keys: z
      .string()
      .regex(/^[0-9*#]{1,12}$/)
      .optional(),
    event: z.enum(['silence', 'hang_up', 'machine']).optional(),
  })
  .refine((given) => Object.values(given).filter((value) => value !== undefined).length === 1, {
    path: ['text'],
    message: 'Give one of text, keys and event.',
    params: { it: 'Indichi uno tra text, keys ed event.' },
  })
  .transform((given) => given as RehearsalTurn);

/** The call that rings nobody: played by hand, turn by turn, or by the scripted respondents. */
export const rehearsalRoutes = [
  route({
    method: 'POST',
    path: '/api/campaigns/:id/rehearsals',
    access: MANAGERS,
    summary: 'Begin a rehearsal: the agent speaks first, by the wording that the campaign has now',
    tag,
    params: byId,
    subject: ({ db }, { id }) => findCampaign(db, id),
    body: start,
    response: rehearsalAnswer,
    status: 201,
    handle: async ({ ctx, actor, params, body }) => {
      const asked = { campaign_id: params.id, language: body?.language, actor };
      return toRehearsalAnswer(await findRehearsal(ctx.db, await startRehearsal(ctx, asked)));
    },
  }),
  route({
    method: 'GET',
    path: '/api/campaigns/:id/rehearsals',
    access: READERS,
    summary: 'Who rehearsed which wording, and how it ended',
    tag,
    params: byId,
    query: pageQuery,
    response: paged(rehearsalItem),
    handle: async ({ ctx, params, query }) => {
      await findCampaign(ctx.db, params.id);
      const { items, total } = await listRehearsals(ctx.db, { campaign_id: params.id, ...query });
      return toPage(items.map(toRehearsalItem), total, query);
    },
  }),
  route({
    method: 'GET',
    path: '/api/rehearsals/:id',
    access: MANAGERS,
    summary: 'One rehearsal with its conversation',
    tag,
    params: byId,
    response: rehearsalAnswer,
    handle: async ({ ctx, params }) => toRehearsalAnswer(await findRehearsal(ctx.db, params.id)),
  }),
  route({
    method: 'POST',
    path: '/api/rehearsals/:id/turns',
    access: MANAGERS,
    summary:
      'What the respondent says (`text`), presses (`keys`) or does (`event`); answers the agent’s reply',
    tag,
    params: byId,
    subject: ({ db }, { id }) => findRehearsal(db, id),
    body: turn,
    response: rehearsalAnswer,
    handle: async ({ ctx, actor, params, body }) => {
      await takeRehearsalTurn(ctx, { id: params.id, turn: body, actor });
      return toRehearsalAnswer(await findRehearsal(ctx.db, params.id));
    },
  }),
  route({
    method: 'POST',
    path: '/api/campaigns/:id/trial-runs',
    access: MANAGERS,
    summary: 'Play all scripted respondents against this wording, without a call',
    tag,
    params: byId,
    subject: ({ db }, { id }) => findCampaign(db, id),
    body: start,
    response: trialRun,
    status: 201,
    handle: async ({ ctx, actor, params, body }) => {
      const asked = { campaign_id: params.id, language: body?.language, actor };
      return toTrialRun(await findTrialRun(ctx.db, await runTrial(ctx, asked)));
    },
  }),
  route({
    method: 'GET',
    path: '/api/campaigns/:id/trial-runs',
    access: READERS,
    summary: 'The trial runs of a campaign, newest first',
    tag,
    params: byId,
    query: pageQuery,
    response: paged(trialRunItem),
    handle: async ({ ctx, params, query }) => {
      await findCampaign(ctx.db, params.id);
      const { items, total } = await listTrialRuns(ctx.db, { campaign_id: params.id, ...query });
      return toPage(items.map(toTrialRunItem), total, query);
    },
  }),
  route({
    method: 'GET',
    path: '/api/trial-runs/:id',
    access: READERS,
    summary: 'One trial run: what was expected of each respondent, what came of it, and what was said',
    tag,
    params: byId,
    response: trialRun,
    handle: async ({ ctx, params }) => toTrialRun(await findTrialRun(ctx.db, params.id)),
  }),
];
