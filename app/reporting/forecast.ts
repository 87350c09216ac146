import type { AttemptCell, ContactCell } from './read-figures.ts';

export type Forecast = {
  /** Contacts that are not done with. */
  remaining: number;
  /** Of an hour in which calls are made. */
  attempts_per_hour: number;
  /** Hours of calling until nobody waits, at this pace. */
  calling_hours_left: number;
  /** Completed contacts at the end, if the rest behaves like those that are done with. */
  completions_expected: number;
};

const QUARTERS_PER_HOUR = 4;
const WAITING: readonly string[] = ['pending', 'in_progress'];

/**
 * What is left, if calls go on as they have: as many attempts in an hour of calling, as many attempts for a contact, as
 * many of them completed. Null while no contact is done with.
 */
export function forecastOf(
  contacts: readonly ContactCell[],
  attempts: readonly AttemptCell[],
  quarters: number,
): Forecast | null {
  const sum = (cells: readonly ContactCell[]) => cells.reduce((total, cell) => total + cell.contacts, 0);
  const remaining = sum(contacts.filter(({ state }) => WAITING.includes(state)));
  const done = contacts.filter(({ state, attempted }) => !WAITING.includes(state) && attempted);
  const made = attempts.reduce((total, cell) => total + cell.attempts, 0);
  if (sum(done) === 0 || made === 0 || quarters === 0) return null;
  const completed = sum(done.filter(({ state }) => state === 'completed'));
  const attempts_per_hour = made / (quarters / QUARTERS_PER_HOUR);
  return {
    remaining,
    attempts_per_hour,
    calling_hours_left: (remaining * (made / sum(done))) / attempts_per_hour,
    completions_expected: Math.round(completed + remaining * (completed / sum(done))),
  };
}
