import type { Jurisdiction } from '../../../lib/api/admin/jurisdictions.ts';

const DAY_MS = 86_400_000;
type Register = Pick<Jurisdiction, 'register_name' | 'register_max_age_days' | 'register_checked_at'>;

/** How a country's register of objections stands: none to be asked, never asked, asked too long ago, or in time. */
export function registerState(profile: Register, now: Date): 'none' | 'never' | 'stale' | 'fresh' {
  const { register_name, register_max_age_days, register_checked_at } = profile;
  if (register_name === null) return 'none';
  if (register_checked_at === null) return 'never';
  if (register_max_age_days === null) return 'fresh';
  const age = now.getTime() - new Date(register_checked_at).getTime();
  return age > register_max_age_days * DAY_MS ? 'stale' : 'fresh';
}
