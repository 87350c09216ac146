import { appendAudit } from '../audit/append-audit.ts';
import { AppError } from '../errors.ts';
import type { Db } from '../infra/db/database.ts';
import type { Account } from './user.ts';

/** Ends a session at once, on every process: one's own, for an administrator anybody's; else it is not found. */
export async function revokeSession(
  db: Db,
  { id, actor, now }: { id: string; actor: Account; now: Date },
): Promise<void> {
  await db.transaction().execute(async (tx) => {
    const revoked = await tx
      .updateTable('session')
      .set({ revoked_at: now })
      .where('id', '=', id)
      .where('revoked_at', 'is', null)
      .$if(actor.role !== 'admin', (query) => query.where('user_id', '=', actor.user_id))
      .executeTakeFirst();
    if (revoked.numUpdatedRows === 0n)
      throw new AppError('resource.not_found', 'There is no such open session.');
    const entry = { action: 'auth.session_revoked', entity: 'session', entity_id: id };
    await appendAudit(tx, { at: now, user_id: actor.user_id, ...entry });
  });
}
