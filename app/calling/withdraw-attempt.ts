import { moveContact } from '../contacts/move-contact.ts';
import type { Tx } from '../infra/db/database.ts';
import type { Attempt } from './call.ts';

/**
 * Takes back an attempt that was never dialled, as if it had not been claimed: its row goes, the count goes down, the
 * contact waits again (or is excluded, with the reason). So `attempts_count` is the number of attempts, always.
 */
export async function withdrawAttempt(
  tx: Tx,
  input: {
    attempt: Attempt;
    excluded_reason: string | null;
    /** When it may be tried again at the earliest, where that is known. */
    not_before?: Date | undefined;
    now: Date;
  },
): Promise<void> {
  const { attempt, excluded_reason, not_before, now } = input;
  const { contact_id } = attempt;
  await tx.deleteFrom('call_attempt').where('id', '=', attempt.id).execute();
  const contact = await tx
    .selectFrom('contact')
    .select(['state', 'attempts_count'])
    .where('id', '=', contact_id)
    .forUpdate()
    .executeTakeFirstOrThrow();
  if (contact.state !== 'in_progress') return;
  const previous = await tx
    .selectFrom('call_attempt')
    .select((eb) => eb.fn.max('started_at').as('at'))
    .where('contact_id', '=', contact_id)
    .executeTakeFirstOrThrow();
  await moveContact(tx, {
    contact_id,
    to: excluded_reason === null ? 'pending' : 'excluded',
    now,
    set: {
      attempts_count: contact.attempts_count - 1,
      ...(previous.at === null ? { waits_as: 1 } : {}),
      last_attempt_at: previous.at,
      ...(not_before === undefined ? {} : { next_attempt_at: not_before }),
      ...(excluded_reason === null ? {} : { excluded_reason, next_attempt_at: null }),
    },
  });
}
