import { appendAudit } from '../../audit/append-audit.ts';
import { keyedValue } from '../../audit/keyed-value.ts';
import { requireRole } from '../../auth/require-role.ts';
import { type Actor, ADMINS } from '../../auth/user.ts';
import { AppError } from '../../errors.ts';
import type { Db } from '../../infra/db/database.ts';

type Removal = { id: string; reason?: string | null; actor: Pick<Actor, 'user_id' | 'role'>; now: Date };

/** Takes an entry off the list. Nobody is called again by that alone: excluded contacts stay excluded. */
export async function removeExclusion(db: Db, { id, reason = null, actor, now }: Removal): Promise<void> {
  requireRole(actor, ADMINS);
  await db.transaction().execute(async (tx) => {
    const removed = await tx
      .deleteFrom('exclusion_list_entry')
      .where('id', '=', id)
      .returning(['phone_hash', 'campaign_id', 'source'])
      .executeTakeFirst();
    if (!removed) throw new AppError('resource.not_found', 'There is no such entry.');
    const audited = { action: 'exclusion.removed', entity: 'exclusion_list_entry', entity_id: id };
    const changes = {
      phone_number: { previous: keyedValue(removed.phone_hash), new: null },
      campaign_id: { previous: removed.campaign_id, new: null },
      source: { previous: removed.source, new: null },
      ...(reason === null ? {} : { reason: { previous: null, new: reason } }),
    };
    await appendAudit(tx, { at: now, user_id: actor.user_id, ...audited, changes });
  });
}
