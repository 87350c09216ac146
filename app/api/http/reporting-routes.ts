import { z } from 'zod';
import { findCampaign } from '../../campaigns/find-campaign.ts';
import { RATES } from '../../reporting/aapor.ts';
import { callDetail } from '../../reporting/call-detail.ts';
import { campaignStats } from '../../reporting/campaign-stats.ts';
import { exportCampaign } from '../../reporting/export-campaign.ts';
import { listExports } from '../../reporting/list-exports.ts';
import { MANAGERS, READERS, route } from './route.ts';

const byId = z.object({ id: z.string() });
const rate = z.number().nullable();
const count = z.number();
const outcome = z.enum(['completed', 'refused', 'no_answer', 'busy', 'failed']);
const stats = z.object({
  total_contacts: count,
  by_state: z.object({
    pending: count,
    in_progress: count,
    completed: count,
    refused: count,
    not_reached: count,
    excluded: count,
  }),
  attempted: count,
  completion_rate: rate,
  refusal_rate: rate,
  not_reached_rate: rate,
  aapor: z.object(
    Object.fromEntries(RATES.map((name) => [name, rate])) as Record<(typeof RATES)[number], typeof rate>,
  ),
  by_disposition_code: z.record(z.string(), count),
  by_outcome: z.object({ completed: count, refused: count, no_answer: count, busy: count, failed: count }),
  attempts_total: count,
  live_calls: count,
  average_call_duration_seconds: rate,
  turn_latency_p95_ms: rate,
  time_series: z.array(
    z.object({ bucket_start: z.date(), attempts: count, completions: count, refusals: count }),
  ),
  funnel: z.array(z.object({ step: z.string(), count })),
  answer_rate: z.array(
    z.object({
      weekday: z.enum(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']),
      hour: count,
      attempts: count,
      answered: count,
    }),
  ),
  retry_yield: z.array(
    z.object({ attempt_number: count, attempts: count, answered: count, completions: count }),
  ),
  forecast: z
    .object({
      remaining: count,
      attempts_per_hour: count,
      calling_hours_left: count,
      completions_expected: count,
    })
    .nullable(),
  answers: z.array(
    z.object({
      question: count,
      text: z.string(),
      type: z.string(),
      count,
      mean: rate,
      min: rate,
      max: rate,
      distribution: z.array(z.object({ value: z.string(), count, share: count })),
      texts: z.array(z.string()),
    }),
  ),
  updated_at: z.date(),
});
const call = z.object({
  id: z.string(),
  call_id: z.string(),
  contact_id: z.string(),
  campaign_id: z.string(),
  attempt_number: count,
  provider_name: z.string(),
  provider_call_id: z.string().nullable(),
  provider_status: z.string().nullable(),
  provider_raw_status: z.string().nullable(),
  started_at: z.date(),
  answered_at: z.date().nullable(),
  ended_at: z.date().nullable(),
  outcome: outcome.nullable(),
  disposition: z.string().nullable(),
  error_code: z.string().nullable(),
  script_version: count,
  language: z.enum(['en', 'it']),
  events: z.array(z.object({ type: z.string(), occurred_at: z.date(), is_anomaly: z.boolean() })),
  consent: z
    .object({
      decision: z.enum(['granted', 'refused']),
      decided_at: z.date(),
      words: z.string().nullable(),
      reason: z.string().nullable(),
      script_version: count,
      script_hash: z.string(),
      decided_by: z.string(),
    })
    .nullable(),
  transcript: z.array(
    z.object({
      position: count,
      speaker: z.enum(['agent', 'respondent']),
      text: z.string(),
      language: z.string(),
      interpretation: z.string().nullable(),
      latency_ms: rate,
    }),
  ),
  answers: z.array(
    z.object({
      question: count,
      text: z.string(),
      type: z.string(),
      answer: z.string().nullable(),
      status: z.enum(['answered', 'refused', 'dont_know', 'not_understood']),
      confidence: rate,
      words: z.string().nullable(),
    }),
  ),
  recording_url: z.string().nullable(),
});
const exportRow = z.object({
  id: z.string(),
  created_at: z.date(),
  user_name: z.string(),
  format: z.string(),
  rows: rate,
  sha256: z.string().nullable(),
  reason: z.string().nullable(),
  status: z.string(),
});

export const reportingRoutes = [
  route({
    method: 'GET',
    path: '/api/campaigns/:id/stats',
    access: READERS,
    summary: 'The figures of a campaign',
    tag: 'results',
    params: byId,
    query: z.object({
      bucket: z.enum(['hour', 'day']).default('day'),
      from: z.iso.datetime({ offset: true }).optional(),
      to: z.iso.datetime({ offset: true }).optional(),
    }),
    response: stats,
    handle: async ({ ctx, params, query, actor }) => {
      const from = query.from ? new Date(query.from) : null;
      const to = query.to ? new Date(query.to) : null;
      return campaignStats(ctx.db, {
        campaign_id: params.id,
        bucket: query.bucket,
        from,
        to,
        role: actor.role,
        now: ctx.now(),
      });
    },
  }),
  route({
    method: 'GET',
    path: '/api/campaigns/:id/export',
    limit: 'export',
    access: MANAGERS,
    summary: 'One row per contact in a terminal state',
    tag: 'results',
    params: byId,
    query: z.object({
      format: z.enum(['csv', 'xlsx']).default('csv'),
      reason: z.string().trim().max(500).optional(),
    }),
    handle: async ({ ctx, params, query, actor, reply }) => {
      const { format, reason = null } = query;
      const file = await exportCampaign(ctx, { campaign_id: params.id, format, reason, actor });
      return reply
        .type(file.content_type)
        .header('content-disposition', file.content_disposition)
        .send(file.body);
    },
  }),
  route({
    method: 'GET',
    path: '/api/campaigns/:id/exports',
    access: READERS,
    summary: 'Who exported what, when and why',
    tag: 'results',
    params: byId,
    response: z.object({ items: z.array(exportRow) }),
    handle: async ({ ctx, params }) => {
      await findCampaign(ctx.db, params.id);
      return { items: await listExports(ctx.db, { campaign_id: params.id }) };
    },
  }),
  route({
    method: 'GET',
    path: '/api/calls/:call_id',
    access: READERS,
    summary: 'What happened in one call',
    tag: 'results',
    params: z.object({ call_id: z.string() }),
    response: call,
    handle: async ({ ctx, params, actor }) =>
      callDetail(ctx.db, { call_id: params.call_id, role: actor.role }),
  }),
];
