import { z } from 'zod';
import { approveCampaign } from '../../campaigns/approve-campaign.ts';
import type { Campaign } from '../../campaigns/campaign.ts';
import { campaignAnswerSchema } from '../../campaigns/campaign-answer.ts';
import { text } from '../../campaigns/campaign-input.ts';
import { findCampaign } from '../../campaigns/find-campaign.ts';
import { activateCampaign } from '../../campaigns/lifecycle/activate-campaign.ts';
import { cancelCampaign } from '../../campaigns/lifecycle/cancel-campaign.ts';
import type { Command } from '../../campaigns/lifecycle/move-by-user.ts';
import { pauseCampaign } from '../../campaigns/lifecycle/pause-campaign.ts';
import { resumeCampaign } from '../../campaigns/lifecycle/resume-campaign.ts';
import { unscheduleCampaign } from '../../campaigns/lifecycle/unschedule-campaign.ts';
import type { Db } from '../../infra/db/database.ts';
import type { Language } from '../../infra/db/tables.ts';
import { answer, ifMatch } from './campaign-answers.ts';
import { ADMINS, MANAGERS, route } from './route.ts';

const params = z.object({ id: z.string() });
const tag = 'campaigns';

/** One lifecycle action: a POST without a body that answers the campaign as it is now. */
function action(
  name: string,
  summary: string,
  verb: (db: Db, command: Command & { language: Language }) => Promise<Campaign>,
) {
  return route({
    method: 'POST',
    path: `/api/campaigns/:id/${name}`,
    access: MANAGERS,
    summary,
    tag,
    params,
    response: campaignAnswerSchema,
    handle: async (call) => {
      const { ctx, actor, params, language, request } = call;
      const command = { campaign_id: params.id, actor, if_match: ifMatch(request), language, now: ctx.now() };
      return answer(call, await verb(ctx.db, command));
    },
  });
}

/** A campaign's way from draft to its end, and the approval that a sensitive topic needs before. */
export const campaignLifecycleRoutes = [
  route({
    method: 'POST',
    path: '/api/campaigns/:id/activate',
    access: MANAGERS,
    summary: 'Start now, or at `scheduled_at`',
    tag,
    params,
    subject: ({ db }, { id }) => findCampaign(db, id),
    body: z.object({ scheduled_at: z.iso.datetime({ offset: true }).nullish() }).nullish(),
    response: campaignAnswerSchema,
    handle: async (call) => {
      const { ctx, actor, params, body, language, request } = call;
      const at = body?.scheduled_at;
      const campaign = await activateCampaign(ctx.db, {
        campaign_id: params.id,
        scheduled_at: typeof at === 'string' ? new Date(at) : at,
        actor,
        if_match: ifMatch(request),
        language,
        now: ctx.now(),
      });
      return answer(call, campaign);
    },
  }),
  route({
    method: 'POST',
    path: '/api/campaigns/:id/approve',
    access: ADMINS,
    summary: 'Approve this wording for its sensitive topic; another wording or topic needs another approval',
    tag,
    params,
    subject: ({ db }, { id }) => findCampaign(db, id),
    body: z.object({ reason: text(1000).min(1) }),
    response: campaignAnswerSchema,
    handle: async (call) => {
      const { ctx, actor, params, body, request } = call;
      const command = { campaign_id: params.id, actor, if_match: ifMatch(request), now: ctx.now() };
      return answer(call, await approveCampaign(ctx.db, { ...command, reason: body.reason }));
    },
  }),
  action('unschedule', 'Back to draft', unscheduleCampaign),
  action('pause', 'Stop new dials; live calls end as usual', pauseCampaign),
  action('resume', 'Dial again', resumeCampaign),
  action('cancel', 'Stop for good; live calls end as usual', cancelCampaign),
];
