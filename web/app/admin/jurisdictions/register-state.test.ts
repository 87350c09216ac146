import { expect, it } from 'vitest';
import { registerState } from './register-state.ts';

const now = new Date('2026-11-30T12:00:00Z');
const register = {
  register_name: 'R',
  register_max_age_days: 15,
  register_checked_at: null as string | null,
};

it.each([
  [{ ...register, register_name: null }, 'none'],
  [register, 'never'],
  [{ ...register, register_checked_at: '2026-11-15T12:00:00Z' }, 'fresh'],
  [{ ...register, register_checked_at: '2026-11-15T11:59:59Z' }, 'stale'],
  [{ ...register, register_max_age_days: null, register_checked_at: '2020-01-01T00:00:00Z' }, 'fresh'],
])('%o is %s', (profile, state) => {
  expect(registerState(profile, now)).toBe(state);
});
