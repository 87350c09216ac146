import { AppError } from '../errors.ts';
import type { Tx } from '../infra/db/database.ts';
import type { CallOutcome, ContactState, NotReachedReason } from '../infra/db/tables.ts';
import { statesBefore } from './contact.ts';

export type ContactMove = {
  contact_id: string;
  to: ContactState;
  now: Date;
  set?: {
    last_outcome?: CallOutcome | null;
    next_attempt_at?: Date | null;
    not_reached_reason?: NotReachedReason | null;
    excluded_reason?: string | null;
    attempts_count?: number;
    last_attempt_at?: Date | null;
  };
};

/** The one mover of a contact: throws `contact.bad_move` when the table of moves does not allow it. */
export async function moveContact(tx: Tx, { contact_id, to, now, set = {} }: ContactMove): Promise<void> {
  const moved = await tx
    .updateTable('contact')
    .set({ ...set, state: to, updated_at: now })
    .where('id', '=', contact_id)
    .where('state', 'in', statesBefore(to))
    .executeTakeFirst();
  if (moved.numUpdatedRows === 0n) {
    throw new AppError('contact.bad_move', `The contact cannot become ${to} now.`);
  }
}
