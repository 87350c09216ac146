import type { Jurisdiction, JurisdictionInput } from '../../../lib/api/admin/jurisdictions.ts';
import { changedValues } from '../settings/changed-values.ts';

/** A profile as its form shows it: empty stands for none, a date is a day. */
export const valuesOf = (profile: Jurisdiction) => ({
  mode: profile.mode as string,
  prior_consent_needed: profile.prior_consent_needed,
  weekday_start: profile.weekday_start ?? '',
  weekday_end: profile.weekday_end ?? '',
  saturday_start: profile.saturday_start ?? '',
  saturday_end: profile.saturday_end ?? '',
  sunday_start: profile.sunday_start ?? '',
  sunday_end: profile.sunday_end ?? '',
  public_holidays_allowed: profile.public_holidays_allowed,
  max_attempts: profile.max_attempts,
  min_gap_minutes: profile.min_gap_minutes,
  max_attempts_per_30_days: profile.max_attempts_per_30_days,
  register_name: profile.register_name ?? '',
  register_max_age_days: profile.register_max_age_days ?? '',
  register_checked_at: profile.register_checked_at?.slice(0, 10) ?? '',
  register_file_name: profile.register_file_name ?? '',
  caller_id_remark: profile.caller_id_remark,
});
export type JurisdictionValues = ReturnType<typeof valuesOf>;

/** What is sent: what was changed, with the reason; a remark that was emptied is an empty text. */
export function inputOf(
  profile: Jurisdiction,
  values: JurisdictionValues,
  reason: string,
): JurisdictionInput {
  const changed = changedValues(valuesOf(profile), values);
  if (changed.caller_id_remark === null) changed.caller_id_remark = '';
  return { ...changed, reason: reason.trim() } as JurisdictionInput;
}
