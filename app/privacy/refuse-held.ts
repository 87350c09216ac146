import { AppError } from '../errors.ts';
import type { Tx } from '../infra/db/database.ts';

/** Throws 409 `contact.legal_hold` while one of the contacts is under legal hold. */
export async function refuseHeld(tx: Tx, contact_ids: readonly string[]): Promise<void> {
  const held = await tx
    .selectFrom('legal_hold')
    .select('contact_id')
    .where('contact_id', 'in', [...contact_ids])
    .forShare()
    .executeTakeFirst();
  if (!held) return;
  throw new AppError('contact.legal_hold', 'This person is under legal hold; release it first.', {
    extra: { contact_id: held.contact_id },
  });
}
