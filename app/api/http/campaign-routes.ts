import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Role } from '../../auth/user.ts';
import type { Campaign } from '../../campaigns/campaign.ts';
import { campaignAnswer, campaignAnswerSchema } from '../../campaigns/campaign-answer.ts';
import { campaignInput } from '../../campaigns/campaign-input.ts';
import { countContacts } from '../../campaigns/count-contacts.ts';
import { createCampaign } from '../../campaigns/create-campaign.ts';
import { deleteCampaign } from '../../campaigns/delete-campaign.ts';
import { duplicateCampaign } from '../../campaigns/duplicate-campaign.ts';
import { findCampaign } from '../../campaigns/find-campaign.ts';
import { activateCampaign } from '../../campaigns/lifecycle/activate-campaign.ts';
import { cancelCampaign } from '../../campaigns/lifecycle/cancel-campaign.ts';
import type { Command } from '../../campaigns/lifecycle/move-by-user.ts';
import { pauseCampaign } from '../../campaigns/lifecycle/pause-campaign.ts';
import { resumeCampaign } from '../../campaigns/lifecycle/resume-campaign.ts';
import { unscheduleCampaign } from '../../campaigns/lifecycle/unschedule-campaign.ts';
import { CAMPAIGN_SORTS, listCampaigns } from '../../campaigns/list-campaigns.ts';
import { campaignReadiness } from '../../campaigns/readiness/campaign-readiness.ts';
import { updateCampaign } from '../../campaigns/update-campaign.ts';
import type { Db } from '../../infra/db/database.ts';
import { paged, pageQuery, sortBy, toPage } from './paging.ts';
import { MANAGERS, READERS, route } from './route.ts';

const params = z.object({ id: z.string() });
const tag = 'campaigns';
const statuses = z.enum(['draft', 'scheduled', 'running', 'paused', 'completed', 'cancelled']);
const moment = z
  .union([z.iso.datetime({ offset: true }), z.iso.date()])
  .transform((text) => new Date(text))
  .optional();
// A day without a time ends at its last moment: `created_to=2026-03-01` includes that day.
const untilMoment = z
  .union([z.iso.datetime({ offset: true }), z.iso.date().transform((day) => `${day}T23:59:59.999Z`)])
  .transform((text) => new Date(text))
  .optional();

/** The revision that a client saw; `*` and no header mean any. */
function ifMatch(request: FastifyRequest): number | undefined {
  const header = request.headers['if-match']?.trim();
  if (header === undefined || header === '' || header === '*') return undefined;
  const revision = Number(/^(?:W\/)?"(\d+)"$/.exec(header)?.[1]);
  // What is no tag of ours matches nothing: revisions begin at 1.
  return Number.isNaN(revision) ? 0 : revision;
}

async function answer(db: Db, reply: FastifyReply, campaign: Campaign, role: Role) {
  const counts = await countContacts(db, [campaign.id]);
  reply.header('etag', `"${campaign.revision}"`);
  return campaignAnswer(campaign, counts.get(campaign.id)!, role);
}

/** One lifecycle action: a POST without a body that answers the campaign as it is now. */
function action(name: string, summary: string, verb: (db: Db, command: Command) => Promise<Campaign>) {
  return route({
    method: 'POST',
    path: `/api/campaigns/:id/${name}`,
    access: MANAGERS,
    summary,
    tag,
    params,
    response: campaignAnswerSchema,
    handle: async ({ ctx, actor, params, request, reply }) => {
      const command = { campaign_id: params.id, actor, if_match: ifMatch(request), now: ctx.now() };
      return answer(ctx.db, reply, await verb(ctx.db, command), actor.role);
    },
  });
}

const reading = [
  route({
    method: 'GET',
    path: '/api/campaigns',
    access: READERS,
    summary: 'Campaigns with their contact counts',
    tag,
    query: pageQuery.extend({
      status: z
        .union([statuses, z.array(statuses)])
        .transform((status) => [status].flat())
        .optional(),
      created_from: moment,
      created_to: untilMoment,
      q: z.string().trim().min(1).max(200).optional(),
      sort: sortBy(CAMPAIGN_SORTS, '-created_at'),
    }),
    response: paged(campaignAnswerSchema),
    handle: async ({ ctx, actor, query }) => {
      const { items, total } = await listCampaigns(ctx.db, query);
      const counts = await countContacts(
        ctx.db,
        items.map(({ id }) => id),
      );
      const answers = items.map((campaign) => campaignAnswer(campaign, counts.get(campaign.id)!, actor.role));
      return toPage(answers, total, query);
    },
  }),
  route({
    method: 'GET',
    path: '/api/campaigns/:id',
    access: READERS,
    summary: 'One campaign; its ETag is what If-Match takes',
    tag,
    params,
    response: campaignAnswerSchema,
    handle: async ({ ctx, actor, params, reply }) =>
      answer(ctx.db, reply, await findCampaign(ctx.db, params.id), actor.role),
  }),
  route({
    method: 'GET',
    path: '/api/campaigns/:id/readiness',
    access: READERS,
    summary: 'The activation checklist',
    tag,
    params,
    response: z.object({
      ready: z.boolean(),
      checks: z.array(
        z.object({
          code: z.string(),
          ok: z.boolean(),
          level: z.enum(['error', 'warning']),
          message: z.string(),
          field: z.string().nullable(),
        }),
      ),
    }),
    handle: async ({ ctx, params, language }) =>
      campaignReadiness(ctx.db, { campaign_id: params.id, language }),
  }),
];

const writing = [
  route({
    method: 'POST',
    path: '/api/campaigns',
    access: MANAGERS,
    summary: 'Create a draft',
    tag,
    body: campaignInput,
    response: campaignAnswerSchema,
    status: 201,
    handle: async ({ ctx, actor, body, reply }) => {
      const campaign = await createCampaign(ctx.db, { campaign: body, actor, now: ctx.now() });
      return answer(ctx.db, reply, campaign, actor.role);
    },
  }),
  route({
    method: 'PUT',
    path: '/api/campaigns/:id',
    access: MANAGERS,
    summary: 'Replace the editable fields; outside a draft, locked ones may be left out or sent unchanged',
    tag,
    params,
    // The fields are those of POST; they are checked by the verb, for what may be left out depends on the status.
    body: z.looseObject({}),
    response: campaignAnswerSchema,
    handle: async ({ ctx, actor, params, body, language, request, reply }) => {
      const update = { campaign_id: params.id, body, if_match: ifMatch(request), actor, language };
      const campaign = await updateCampaign(ctx.db, { ...update, now: ctx.now() });
      return answer(ctx.db, reply, campaign, actor.role);
    },
  }),
  route({
    method: 'DELETE',
    path: '/api/campaigns/:id',
    access: MANAGERS,
    summary: 'Hide a campaign; not while it is scheduled, running or paused',
    tag,
    params,
    status: 204,
    handle: async ({ ctx, actor, params, request }) =>
      deleteCampaign(ctx.db, { campaign_id: params.id, actor, if_match: ifMatch(request), now: ctx.now() }),
  }),
  route({
    method: 'POST',
    path: '/api/campaigns/:id/duplicate',
    access: MANAGERS,
    summary: 'A new draft with the same script and rules, without contacts',
    tag,
    params,
    response: campaignAnswerSchema,
    status: 201,
    handle: async ({ ctx, actor, params, language, reply }) => {
      const input = { campaign_id: params.id, actor, language, now: ctx.now() };
      return answer(ctx.db, reply, await duplicateCampaign(ctx.db, input), actor.role);
    },
  }),
];

const lifecycle = [
  route({
    method: 'POST',
    path: '/api/campaigns/:id/activate',
    access: MANAGERS,
    summary: 'Start now, or at `scheduled_at`',
    tag,
    params,
    body: z.object({ scheduled_at: z.iso.datetime({ offset: true }).nullish() }).nullish(),
    response: campaignAnswerSchema,
    handle: async ({ ctx, actor, params, body, language, request, reply }) => {
      const at = body?.scheduled_at;
      const campaign = await activateCampaign(ctx.db, {
        campaign_id: params.id,
        scheduled_at: typeof at === 'string' ? new Date(at) : at,
        actor,
        if_match: ifMatch(request),
        language,
        now: ctx.now(),
      });
      return answer(ctx.db, reply, campaign, actor.role);
    },
  }),
  action('unschedule', 'Back to draft', unscheduleCampaign),
  action('pause', 'Stop new dials; live calls end as usual', pauseCampaign),
  action('resume', 'Dial again', resumeCampaign),
  action('cancel', 'Stop for good; live calls end as usual', cancelCampaign),
];

/** Campaigns: what is asked, of whom and when. */
export const campaignRoutes = [...reading, ...writing, ...lifecycle];
