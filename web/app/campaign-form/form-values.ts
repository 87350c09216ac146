import type { Campaign, CampaignInput } from '../../lib/api/model.ts';
import type { Language } from '../../lib/i18n/i18n.ts';

export type FormValues = Required<CampaignInput>;
export const QUESTIONS = [1, 2, 3] as const;
export type QuestionNumber = (typeof QUESTIONS)[number];

/** A new campaign as the form begins with it: everything but the words is a sensible default. */
export function emptyCampaign(language: Language, time_zone: string): FormValues {
  return {
    name: '',
    description: '',
    language,
    organization_name: '',
    intro_script: '',
    question_1_text: '',
    question_2_text: '',
    question_3_text: '',
    question_1_type: 'scale',
    question_2_type: 'numeric',
    question_3_type: 'free_text',
    question_1_scale_min: 1,
    question_1_scale_max: 5,
    question_2_scale_min: null,
    question_2_scale_max: null,
    question_3_scale_min: null,
    question_3_scale_max: null,
    topic: 'general',
    translations: {},
    max_attempts: 3,
    retry_interval_minutes: 120,
    allowed_call_start_local: '09:00',
    allowed_call_end_local: '20:00',
    allowed_weekdays: ['mon', 'tue', 'wed', 'thu', 'fri'],
    call_on_public_holidays: false,
    time_zone,
    scheduled_at: null,
    email_completed_template_id: null,
    email_refused_template_id: null,
    email_not_reached_template_id: null,
  };
}

export const FIELDS = Object.keys(emptyCampaign('en', 'UTC')) as (keyof FormValues)[];

/** The editable fields of a campaign that exists; what the form does not show goes back as it came. */
export function valuesOf(campaign: Campaign): FormValues {
  return Object.fromEntries(FIELDS.map((field) => [field, campaign[field]])) as FormValues;
}

/** Scale questions get their usual bounds when they become one, others lose theirs. */
export function boundsFor(type: Campaign['question_1_type']): { min: number | null; max: number | null } {
  return type === 'scale' ? { min: 1, max: 5 } : { min: null, max: null };
}

export type Fault = 'required' | 'scale_order' | 'window_order' | 'weekday' | 'number';
const REQUIRED = [
  'name',
  'organization_name',
  'intro_script',
  'question_1_text',
  'question_2_text',
  'question_3_text',
] as const satisfies (keyof FormValues)[];

/** What can be said before the server is asked; the server's word is the last one. */
export function findFaults(values: FormValues): Partial<Record<keyof FormValues, Fault>> {
  const faults: Partial<Record<keyof FormValues, Fault>> = {};
  for (const field of REQUIRED) if (values[field].trim() === '') faults[field] = 'required';
  for (const number of QUESTIONS) {
    if (values[`question_${number}_type`] !== 'scale') continue;
    const min = values[`question_${number}_scale_min`];
    const max = values[`question_${number}_scale_max`];
    if (typeof min !== 'number') faults[`question_${number}_scale_min`] = 'number';
    else if (typeof max !== 'number') faults[`question_${number}_scale_max`] = 'number';
    else if (min >= max) faults[`question_${number}_scale_max`] = 'scale_order';
  }
  if (values.allowed_call_start_local >= values.allowed_call_end_local) {
    faults.allowed_call_end_local = 'window_order';
  }
  if (values.allowed_weekdays.length === 0) faults.allowed_weekdays = 'weekday';
  if (typeof values.max_attempts !== 'number') faults.max_attempts = 'number';
  if (typeof values.retry_interval_minutes !== 'number') faults.retry_interval_minutes = 'number';
  return faults;
}
