import type { ContactState } from '../infra/db/tables.ts';

export type { ContactState } from '../infra/db/tables.ts';

export const CONTACT_STATES = [
  'pending',
  'in_progress',
  'completed',
  'refused',
  'not_reached',
  'excluded',
] as const satisfies readonly ContactState[];

/** From each state where a contact may go. `not_reached` moves only where its attempts were used up. */
export const CONTACT_MOVES = {
  pending: ['in_progress', 'excluded'],
  in_progress: ['pending', 'completed', 'refused', 'not_reached', 'excluded'],
  completed: [],
  refused: [],
  not_reached: ['in_progress', 'excluded'],
  excluded: [],
} as const satisfies Record<ContactState, readonly ContactState[]>;

/** The states from which a contact may go to `to`. */
export function statesBefore(to: ContactState): ContactState[] {
  return CONTACT_STATES.filter((from) => (CONTACT_MOVES[from] as readonly ContactState[]).includes(to));
}

/** A number for eyes that may not see it whole: country code and the last three digits. */
export function maskPhone(phone_number: string): string {
  return `${phone_number.slice(0, 3)}${'•'.repeat(Math.max(0, phone_number.length - 6))}${phone_number.slice(-3)}`;
}

/** An address for eyes that may not see it whole: its first letter. */
export function maskEmail(email: string): string {
  return `${email.slice(0, 1)}•••@•••`;
}
