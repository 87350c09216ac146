import type { Jurisdiction } from '../../app/campaigns/jurisdictions/jurisdiction.ts';
import type { ReadinessFacts } from '../../app/campaigns/readiness/readiness-facts.ts';
import type { readinessFindings } from '../../app/campaigns/readiness/readiness-findings.ts';
import { NOW } from './a-campaign.ts';

type Judged = Parameters<typeof readinessFindings>[0];

/** A law that forbids nothing, and advises. */
export const MILD: Jurisdiction = {
  country: 'IT',
  mode: 'advise',
  prior_consent_needed: false,
  weekday_start: '00:00',
  weekday_end: '23:59',
  saturday_start: '00:00',
  saturday_end: '23:59',
  sunday_start: '00:00',
  sunday_end: '23:59',
  public_holidays_allowed: true,
  max_attempts: 5,
  min_gap_minutes: 0,
  max_attempts_per_30_days: 100,
  register_name: null,
  register_max_age_days: null,
  register_checked_at: null,
  register_file_name: null,
  caller_id_remark: '',
  updated_at: NOW,
  updated_by_user_id: null,
};

/** Nobody waits anywhere. */
export const LAWLESS = { places: [], politics_allowed: false };

const under = (law: Partial<Jurisdiction>): Partial<ReadinessFacts> => ({
  places: [{ country: 'IT', profile: { ...MILD, ...law }, without_consent: true }],
});
const APPROVED = { topic: 'health', script_version: 1, reason: 'r', approved_at: NOW } as never;

/** Each rule of the law and of sensitive topics, broken alone. */
export const LAW_RULES: [string, string, Partial<Judged>, Partial<ReadinessFacts>?][] = [
  ['topic.allowed', 'topic', { topic: 'politics', approval: APPROVED }],
  ['topic.declared', 'topic', { question_3_text: 'Which party did you vote for in the elections?' }],
  ['law.country', 'contacts', {}, under({ country: 'unknown' })],
  ['law.hours', 'allowed_call_start_local', {}, under({ weekday_start: '12:00' })],
  ['law.hours', 'allowed_call_start_local', {}, under({ weekday_start: null, weekday_end: null })],
  ['law.attempts', 'max_attempts', {}, under({ max_attempts: 1 })],
  ['law.gap', 'retry_interval_minutes', {}, under({ min_gap_minutes: 50_000 })],
  ['law.consent', 'contacts', {}, under({ prior_consent_needed: true })],
  [
    'law.register',
    'register_checked_at',
    {},
    under({ register_name: 'RPO', register_max_age_days: 15, register_checked_at: new Date('2026-11-01') }),
  ],
];
