import { appendAudit } from '../audit/append-audit.ts';
import { requireRole } from '../auth/require-role.ts';
import { type Actor, ADMINS } from '../auth/user.ts';
import { AppError } from '../errors.ts';
import type { Db } from '../infra/db/database.ts';

type Input = { contact_id: string; legal_hold: boolean; reason: string | null; actor: Actor; now: Date };
export type LegalHold = {
  contact_id: string;
  legal_hold: boolean;
  reason: string | null;
  placed_at: Date | null;
};

/** Holds everything of a contact, against its time and against erasure, or lets it go; 404 without contact. */
export function setLegalHold(db: Db, input: Input): Promise<LegalHold> {
  const { contact_id, legal_hold, reason, actor, now } = input;
  requireRole(actor, ADMINS);
  return db.transaction().execute(async (tx) => {
    const contact = await tx
      .selectFrom('contact')
      .select('id')
      .where('id', '=', contact_id)
      .forUpdate()
      .executeTakeFirst();
    if (!contact) throw new AppError('resource.not_found', 'There is no such contact.');
    const before = await tx
      .selectFrom('legal_hold')
      .select(['reason', 'placed_at'])
      .where('contact_id', '=', contact_id)
      .executeTakeFirst();
    await tx.deleteFrom('legal_hold').where('contact_id', '=', contact_id).execute();
    const placed_at = before?.placed_at ?? now;
    if (legal_hold) {
      const row = { contact_id, reason: reason!, placed_by_user_id: actor.user_id, placed_at };
      await tx.insertInto('legal_hold').values(row).execute();
    }
    await appendAudit(tx, {
      at: now,
      user_id: actor.user_id,
      action: legal_hold ? 'contact.held' : 'contact.released',
      entity: 'contact',
      entity_id: contact_id,
      changes: { legal_hold: { previous: before !== undefined, new: legal_hold } },
    });
    return {
      contact_id,
      legal_hold,
      reason: legal_hold ? reason : null,
      placed_at: legal_hold ? placed_at : null,
    };
  });
}
