import type { Selectable } from 'kysely';
import type { JurisdictionProfile } from '../../infra/db/tables.ts';

/** What the law of one country asks of a call; `unknown` stands for every country without a row. */
export type Jurisdiction = Selectable<JurisdictionProfile>;

export type DayKind = 'weekday' | 'saturday' | 'sunday';

/** The hours of a kind of day; null = nobody is called then. */
export function hoursOn(profile: Jurisdiction, day: DayKind): { start: string; end: string } | null {
  const [start, end] = [profile[`${day}_start`], profile[`${day}_end`]];
  return start === null || end === null ? null : { start, end };
}

/** The profile of a country, ISO alpha-2 or '' where none is known. */
export function profileOf(profiles: ReadonlyMap<string, Jurisdiction>, country: string): Jurisdiction | null {
  return profiles.get(country) ?? profiles.get('unknown') ?? null;
}

/** The profile where it must be obeyed; null where it only advises. */
export function enforcedProfile(
  profiles: ReadonlyMap<string, Jurisdiction>,
  country: string,
): Jurisdiction | null {
  const profile = profileOf(profiles, country);
  return profile?.mode === 'enforce' ? profile : null;
}

const DAY_MS = 86_400_000;

/** True where a register must be asked and its answer is missing or older than it may be. */
export function isRegisterStale(profile: Jurisdiction, now: Date): boolean {
  const { register_name, register_max_age_days, register_checked_at } = profile;
  if (register_name === null || register_max_age_days === null) return false;
  if (register_checked_at === null) return true;
  return now.getTime() - register_checked_at.getTime() > register_max_age_days * DAY_MS;
}
