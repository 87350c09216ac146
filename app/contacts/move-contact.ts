import { AppError } from '../errors.ts';
import type { Tx } from '../infra/db/database.ts';
import { type Contact, type ContactState, statesBefore } from './contact.ts';

export type ContactMove = {
  contact_id: string;
  to: ContactState;
  now: Date;
  set?: Partial<
    Pick<
      Contact,
      | 'last_outcome'
      | 'next_attempt_at'
      | 'not_reached_reason'
      | 'excluded_reason'
      | 'attempts_count'
      | 'last_attempt_at'
      | 'waits_as'
      | 'aapor_code'
      | 'reached'
    >
  >;
};

/**
 * The only way of one contact to another state; `contact.bad_move` when its state does not allow it. The reasons belong
 * to their states: `not_reached` and `excluded` must bring theirs, every other state clears both.
 */
export async function moveContact(tx: Tx, move: ContactMove): Promise<void> {
  const { contact_id, to, now, set = {} } = move;
  const moved = await tx
    .updateTable('contact')
    .set({ not_reached_reason: null, excluded_reason: null, ...set, state: to, updated_at: now })
    .where('id', '=', contact_id)
    .where('state', 'in', statesBefore(to))
    .where((eb) =>
      eb.or([eb('state', '<>', 'not_reached'), eb('not_reached_reason', '=', 'attempts_used_up')]),
    )
    .executeTakeFirst();
  if (moved.numUpdatedRows === 1n) return;
  throw new AppError('contact.bad_move', `This contact cannot become ${to} now.`);
}
