import { z } from 'zod';
import { callingDefaults } from '../../admin/calling-rules.ts';
import { loadSettings } from '../../admin/settings.ts';
import { campaignAnswer, campaignAnswerSchema } from '../../campaigns/campaign-answer.ts';
import { campaignChanges, newCampaignInput, text } from '../../campaigns/campaign-input.ts';
import { createCampaign } from '../../campaigns/create-campaign.ts';
import { deleteCampaign } from '../../campaigns/delete-campaign.ts';
import { duplicateCampaign } from '../../campaigns/duplicate-campaign.ts';
import { findCampaign } from '../../campaigns/find-campaign.ts';
import { CAMPAIGN_SORTS, listCampaigns } from '../../campaigns/list-campaigns.ts';
import { campaignReadiness } from '../../campaigns/readiness/campaign-readiness.ts';
import { updateCampaign } from '../../campaigns/update-campaign.ts';
import { callingRulesSchema } from './calling-rules-schema.ts';
import { answer, ifMatch } from './campaign-answers.ts';
import { campaignLifecycleRoutes } from './campaign-lifecycle-routes.ts';
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
      q: text(200).min(1).optional(),
      sort: sortBy(CAMPAIGN_SORTS, '-created_at'),
    }),
    response: paged(campaignAnswerSchema),
    handle: async ({ ctx, actor, language, query }) => {
      const { items, total } = await listCampaigns(ctx.db, query);
      const asked = { role: actor.role, language };
      return toPage(
        items.map((campaign) => campaignAnswer(campaign, asked)),
        total,
        query,
      );
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
    handle: async (call) => answer(call, await findCampaign(call.ctx.db, call.params.id)),
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
      campaignReadiness(ctx.db, { campaign_id: params.id, language, now: ctx.now() }),
  }),
];

const writing = [
  route({
    method: 'GET',
    path: '/api/campaign-defaults',
    access: MANAGERS,
    summary: 'The calling rules with which a new campaign begins',
    tag,
    response: callingRulesSchema,
    // Not the copy of the last seconds: who has just changed them looks here first.
    handle: async ({ ctx }) => callingDefaults(await loadSettings(ctx.db)),
  }),
  route({
    method: 'POST',
    path: '/api/campaigns',
    access: MANAGERS,
    summary: 'Create a draft',
    tag,
    body: newCampaignInput,
    response: campaignAnswerSchema,
    status: 201,
    handle: async (call) => {
      const { ctx, actor, body, language } = call;
      const campaign = await createCampaign(ctx.db, { campaign: body, actor, language, now: ctx.now() });
      return answer(call, campaign);
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
    subject: ({ db }, { id }) => findCampaign(db, id),
    body: campaignChanges,
    response: campaignAnswerSchema,
    handle: async (call) => {
      const { ctx, actor, params, body, language, request } = call;
      const update = { campaign_id: params.id, body, if_match: ifMatch(request), actor, language };
      return answer(call, await updateCampaign(ctx.db, { ...update, now: ctx.now() }));
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
    handle: async (call) => {
      const { ctx, actor, params, language } = call;
      const input = { campaign_id: params.id, actor, language, now: ctx.now() };
      return answer(call, await duplicateCampaign(ctx.db, input));
    },
  }),
];

/** Campaigns: what is asked, of whom and when. */
export const campaignRoutes = [...reading, ...writing, ...campaignLifecycleRoutes];
