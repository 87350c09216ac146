import type { Campaign } from '../campaign.ts';
import { type DayKind, hoursOn, isRegisterStale, type Jurisdiction } from './jurisdiction.ts';

export type LawCode =
  | 'law.country'
  | 'law.hours'
  | 'law.attempts'
  | 'law.gap'
  | 'law.consent'
  | 'law.register';

/** Where contacts of a campaign wait, by the law that holds there. */
export type Place = { country: string; profile: Jurisdiction; without_consent: boolean };
export type LawFinding = { code: LawCode; ok: boolean; level?: 'warning'; field: string; spoken: string };

type Rules = Pick<
  Campaign,
  | 'allowed_call_start_local'
  | 'allowed_call_end_local'
  | 'allowed_weekdays'
  | 'call_on_public_holidays'
  | 'max_attempts'
  | 'retry_interval_minutes'
>;

/**
 * What the law of each place would refuse of this campaign. Where a profile is enforced, hours, attempts and consent are
 * seen to at every dial, so these only warn; a stale register or a country nobody has looked at stops the activation.
 */
export function jurisdictionFindings(campaign: Rules, places: readonly Place[], now: Date): LawFinding[] {
  return places.flatMap(({ country, profile, without_consent }) => {
    const spoken = country || '?';
    const warn = (code: LawCode, ok: boolean, field: string): LawFinding => ({
      code,
      ok,
      level: 'warning',
      field,
      spoken,
    });
    const block = (code: LawCode, ok: boolean, field: string): LawFinding =>
      profile.mode === 'enforce' ? { code, ok, field, spoken } : warn(code, ok, field);
    return [
      block('law.country', profile.country !== 'unknown', 'contacts'),
      warn('law.hours', areHoursAllowed(campaign, profile), 'allowed_call_start_local'),
      warn('law.attempts', campaign.max_attempts <= profile.max_attempts, 'max_attempts'),
      warn('law.gap', campaign.retry_interval_minutes >= profile.min_gap_minutes, 'retry_interval_minutes'),
      warn('law.consent', !profile.prior_consent_needed || !without_consent, 'contacts'),
      block('law.register', !isRegisterStale(profile, now), 'register_checked_at'),
    ];
  });
}

const KIND: Record<string, DayKind> = { sat: 'saturday', sun: 'sunday' };

function areHoursAllowed(campaign: Rules, profile: Jurisdiction): boolean {
  if (campaign.call_on_public_holidays && !profile.public_holidays_allowed) return false;
  return campaign.allowed_weekdays.every((day) => {
    const hours = hoursOn(profile, KIND[day] ?? 'weekday');
    return (
      hours !== null &&
      campaign.allowed_call_start_local >= hours.start &&
      campaign.allowed_call_end_local <= hours.end
    );
  });
}
