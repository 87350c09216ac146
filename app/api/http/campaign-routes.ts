import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Role } from '../../auth/user.ts';
import type { Campaign } from '../../campaigns/campaign.ts';
import { campaignAnswer, campaignAnswerSchema } from '../../campaigns/campaign-answer.ts';
import { campaignInput } from '../../campaigns/campaign-input.ts';
import { checkInput } from '../../campaigns/check-input.ts';
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

const tag = 'campaigns';
const byId = z.object({ id: z.string() });
const moment = z.iso.datetime({ offset: true }).transform((text) => new Date(text));
const status = z.enum(['draft', 'scheduled', 'running', 'paused', 'completed', 'cancelled']);
const readiness = z.object({
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
});

/** The campaign on the wire, its revision as the ETag that `If-Match` names. */
async function answer(db: Db, campaign: Campaign, role: Role, reply: FastifyReply) {
  const counts = await countContacts(db, [campaign.id]);
  reply.header('etag', `"${campaign.revision}"`);
  return campaignAnswer(campaign, counts.get(campaign.id)!, role);
}

function ifMatch(request: FastifyRequest): number | undefined {
  const given = request.headers['if-match'];
  if (given === undefined || given === '*') return undefined;
  const revision = Number(given.replace(/^W\//, '').replaceAll('"', ''));
  return Number.isInteger(revision) ? revision : -1; // what is no revision of ours matches none
}

/** A move along the lifecycle: the verb decides, the answer is the campaign as it is then. */
function moveRoute(name: string, summary: string, move: (db: Db, command: Command) => Promise<Campaign>) {
  return route({
    method: 'POST',
    path: `/api/campaigns/:id/${name}`,
    access: MANAGERS,
    summary,
    tag,
    params: byId,
    response: campaignAnswerSchema,
    handle: async ({ ctx, params, actor, request, reply }) => {
      const command = { campaign_id: params.id, actor, if_match: ifMatch(request), now: ctx.now() };
      return answer(ctx.db, await move(ctx.db, command), actor.role, reply);
    },
  });
}

export const campaignRoutes = [
  route({
    method: 'GET',
    path: '/api/campaigns',
    access: READERS,
    summary: 'Campaigns with their contact counts',
    tag,
    query: pageQuery.extend({
      status: status.optional(),
      created_from: moment.optional(),
      created_to: moment.optional(),
      q: z.string().trim().max(200).optional(),
      sort: sortBy(CAMPAIGN_SORTS, '-created_at'),
    }),
    response: paged(campaignAnswerSchema),
    handle: async ({ ctx, query, actor }) => {
      const wanted = { ...query, status: query.status && [query.status], q: query.q || undefined };
      const { items, total } = await listCampaigns(ctx.db, wanted as Parameters<typeof listCampaigns>[1]);
      const counts = await countContacts(
        ctx.db,
        items.map((item) => item.id),
      );
      return toPage(
        items.map((item) => campaignAnswer(item, counts.get(item.id)!, actor.role)),
        total,
        query,
      );
    },
  }),
  route({
    method: 'POST',
    path: '/api/campaigns',
    access: MANAGERS,
    summary: 'Create a draft',
    tag,
    body: z.record(z.string(), z.unknown()),
    response: campaignAnswerSchema,
    status: 201,
    handle: async ({ ctx, body, actor, language, reply }) => {
      const campaign = checkInput(campaignInput, body, language);
      return answer(
        ctx.db,
        await createCampaign(ctx.db, { campaign, actor, now: ctx.now() }),
        actor.role,
        reply,
      );
    },
  }),
  route({
    method: 'GET',
    path: '/api/campaigns/:id',
    access: READERS,
    summary: 'One campaign',
    tag,
    params: byId,
    response: campaignAnswerSchema,
    handle: async ({ ctx, params, actor, reply }) =>
      answer(ctx.db, await findCampaign(ctx.db, params.id), actor.role, reply),
  }),
  route({
    method: 'PUT',
    path: '/api/campaigns/:id',
    access: MANAGERS,
    summary: 'Replace the editable fields',
    tag,
    params: byId,
    body: z.record(z.string(), z.unknown()),
    response: campaignAnswerSchema,
    handle: async ({ ctx, params, body, actor, language, request, reply }) => {
      const update = {
        campaign_id: params.id,
        body,
        if_match: ifMatch(request),
        actor,
        language,
        now: ctx.now(),
      };
      return answer(ctx.db, await updateCampaign(ctx.db, update), actor.role, reply);
    },
  }),
  route({
    method: 'DELETE',
    path: '/api/campaigns/:id',
    access: MANAGERS,
    summary: 'Hide a campaign that is not at work',
    tag,
    params: byId,
    status: 204,
    handle: async ({ ctx, params, actor, request }) =>
      deleteCampaign(ctx.db, { campaign_id: params.id, actor, if_match: ifMatch(request), now: ctx.now() }),
  }),
  route({
    method: 'GET',
    path: '/api/campaigns/:id/readiness',
    access: READERS,
    summary: 'What is missing before it may start',
    tag,
    params: byId,
    response: readiness,
    handle: async ({ ctx, params, language }) =>
      campaignReadiness(ctx.db, { campaign_id: params.id, language }),
  }),
  route({
    method: 'POST',
    path: '/api/campaigns/:id/activate',
    access: MANAGERS,
    summary: 'Start now, or at a moment',
    tag,
    params: byId,
    body: z.object({ scheduled_at: moment.nullable().optional() }).nullish(),
    response: campaignAnswerSchema,
    handle: async ({ ctx, params, body, actor, language, request, reply }) => {
      const { scheduled_at } = body ?? {};
      const command = { campaign_id: params.id, actor, if_match: ifMatch(request), language, now: ctx.now() };
      return answer(ctx.db, await activateCampaign(ctx.db, { ...command, scheduled_at }), actor.role, reply);
    },
  }),
  moveRoute('unschedule', 'Back to draft', unscheduleCampaign),
  moveRoute('pause', 'No new calls; live ones finish', pauseCampaign),
  moveRoute('resume', 'Go on calling', resumeCampaign),
  moveRoute('cancel', 'Stop for good; live calls finish', cancelCampaign),
  route({
    method: 'POST',
    path: '/api/campaigns/:id/duplicate',
    access: MANAGERS,
    summary: 'A new draft with the same script and rules',
    tag,
    params: byId,
    response: campaignAnswerSchema,
    status: 201,
    handle: async ({ ctx, params, actor, language, reply }) => {
      const copy = await duplicateCampaign(ctx.db, {
        campaign_id: params.id,
        actor,
        language,
        now: ctx.now(),
      });
      return answer(ctx.db, copy, actor.role, reply);
    },
  }),
];
