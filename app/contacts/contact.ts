import type { Selectable } from 'kysely';
import type { ContactState, Contact as ContactTable } from '../infra/db/tables.ts';

export type {
  ContactState,
  PreferredLanguage,
  TimeZoneSource,
} from '../infra/db/tables.ts';

/** A contact as it is stored. */
export type Contact = Selectable<ContactTable>;

/**
 * From which state a contact may go to which; the database holds the same table in a trigger. From `not_reached` only
 * one whose attempts were used up moves again: when the campaign allows more, or when its number is excluded. A waiting
 * one is not reached at once when the campaign allows no more than were made.
 */
export const MOVES = {
  pending: ['in_progress', 'excluded', 'not_reached'],
  in_progress: ['pending', 'completed', 'refused', 'not_reached', 'excluded'],
  completed: [],
  refused: [],
  not_reached: ['in_progress', 'excluded'],
  excluded: [],
} as const satisfies Record<ContactState, readonly ContactState[]>;

/** The states from which `to` can be reached. */
export function statesBefore(to: ContactState): ContactState[] {
  return (Object.keys(MOVES) as ContactState[]).filter((from) =>
    (MOVES[from] as readonly ContactState[]).includes(to),
  );
}

/** Why a contact is never dialled: its row said so, its number is on the list, or the person asked for it. */
export type ExcludedReason = 'do_not_call' | 'exclusion_list' | 'opt_out';
