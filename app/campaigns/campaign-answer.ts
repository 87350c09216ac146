import { z } from 'zod';
import type { Role } from '../auth/user.ts';
import type { Language } from '../infra/db/tables.ts';
import { ACTIONS, allowedActions, type Campaign, type CampaignAction } from './campaign.ts';
import { allCounts, type CampaignFigures, progressOf } from './campaign-figures.ts';
import { lockedFields } from './locked-fields.ts';
import { needsApproval } from './needs-approval.ts';
import { scriptContent, type Translations, type Wording } from './script.ts';
import { spokenSecondsByLanguage } from './scripts/spoken-seconds.ts';
import { statusReasonText } from './status-reason.ts';

const timestamp = z.string().nullable();
const texts = z.object({
  intro_script: z.string(),
  question_1_text: z.string(),
  question_2_text: z.string(),
  question_3_text: z.string(),
});
const question = z.enum(['free_text', 'numeric', 'scale']);
const bound = z.number().int().nullable();
const count = z.number().int();
const spoken = z.object({ intro: count, questions: z.array(count), total: count });

/** A campaign on the wire; `can` is what the asking person may do with it now. */
export const campaignAnswerSchema = z.object({
  id: z.string(),
  name: z.string(),
  description: z.string(),
  status: z.enum(['draft', 'scheduled', 'running', 'paused', 'completed', 'cancelled']),
  status_reason: z.string().nullable(),
  language: z.enum(['en', 'it']),
  organization_name: z.string(),
  ...texts.shape,
  question_1_type: question,
  question_2_type: question,
  question_3_type: question,
  question_1_scale_min: bound,
  question_1_scale_max: bound,
  question_2_scale_min: bound,
  question_2_scale_max: bound,
  question_3_scale_min: bound,
  question_3_scale_max: bound,
  topic: z.enum(['general', 'health', 'politics', 'religion', 'finance', 'other_sensitive']),
  translations: z.object({ en: texts, it: texts }).partial(),
  max_attempts: z.number().int(),
  retry_interval_minutes: z.number().int(),
  allowed_call_start_local: z.string(),
  allowed_call_end_local: z.string(),
  allowed_weekdays: z.array(z.string()),
  call_on_public_holidays: z.boolean(),
  time_zone: z.string().nullable(),
  scheduled_at: timestamp,
  email_completed_template_id: z.string().nullable(),
  email_refused_template_id: z.string().nullable(),
  email_not_reached_template_id: z.string().nullable(),
  script_version: z.number().int(),
  revision: z.number().int(),
  created_by_user_id: z.string(),
  created_at: z.string(),
  updated_at: z.string(),
  contact_counts: z.object({
    total: count,
    pending: count,
    in_progress: count,
    completed: count,
    refused: count,
    not_reached: count,
    excluded: count,
  }),
  progress: z
    .number()
    .nullable()
    .describe(
      'Of the contacts that may be called, the share that is terminal (0 to 1); null where there are none',
    ),
  spoken_seconds: z
    .object({ en: spoken, it: spoken })
    .partial()
    .describe("How long the agent's own texts take to say, by language"),
  needs_approval: z
    .boolean()
    .describe("A sensitive topic needs an administrator's approval of this very wording to be activated"),
  approval: z
    .object({
      approved_by_user_id: z.string(),
      approved_by_name: z.string(),
      approved_at: z.string(),
      reason: z.string(),
    })
    .nullable(),
  locked_fields: z
    .array(z.object({ field: z.string(), message: z.string() }))
    .describe('What cannot be changed in this status, each with the reason'),
  can: z.record(z.enum(Object.keys(ACTIONS) as [CampaignAction]), z.boolean()),
});
export type CampaignAnswer = z.output<typeof campaignAnswerSchema>;

/** The wire form of a stored campaign for somebody of this role, who reads this language. */
export function campaignAnswer(
  campaign: Campaign & CampaignFigures,
  { role, language }: { role: Role; language: Language },
): CampaignAnswer {
  const { deleted_at: _, contact_counts, ...shown } = campaign;
  const counts = allCounts(contact_counts);
  const needs_approval = needsApproval(campaign);
  const can = allowedActions(campaign.status, role);
  return {
    ...shown,
    translations: campaign.translations as Translations,
    scheduled_at: campaign.scheduled_at?.toISOString() ?? null,
    created_at: campaign.created_at.toISOString(),
    updated_at: campaign.updated_at.toISOString(),
    status_reason: statusReasonText(campaign.status_reason, language),
    contact_counts: counts,
    progress: progressOf(counts),
    spoken_seconds: spokenSecondsByLanguage(scriptContent(campaign as Wording)),
    needs_approval,
    locked_fields: lockedFields(campaign.status, language),
    can: { ...can, approve: can.approve && needs_approval },
  };
}
