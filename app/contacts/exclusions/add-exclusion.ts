import { appendAudit } from '../../audit/append-audit.ts';
import { keyedValue } from '../../audit/keyed-value.ts';
import { requireRole } from '../../auth/require-role.ts';
import { type Actor, MANAGERS } from '../../auth/user.ts';
import { findCampaign } from '../../campaigns/find-campaign.ts';
import type { Db } from '../../infra/db/database.ts';
import { excludeNumber } from './exclude-number.ts';

type Ctx = { db: Db; now(): Date; phoneHash(phone_number: string): Buffer };
type Input = {
  phone_number: string;
  campaign_id: string | null;
  reason: string | null;
  actor: Pick<Actor, 'user_id' | 'role'>;
};

/** Puts a number on the list for an operator; `created` is false when it was there. Never audited with the number. */
export async function addExclusion(ctx: Ctx, { phone_number, campaign_id, reason, actor }: Input) {
  requireRole(actor, MANAGERS);
  const now = ctx.now();
  if (campaign_id !== null) await findCampaign(ctx.db, campaign_id);
  return ctx.db.transaction().execute(async (tx) => {
    const phone_hash = ctx.phoneHash(phone_number);
    const { id, created } = await excludeNumber(tx, {
      phone_number,
      phone_hash,
      campaign_id,
      reason,
      source: 'api',
      now,
    });
    const entry = await tx
      .selectFrom('exclusion_list_entry')
      .select(['id', 'phone_number', 'campaign_id', 'reason', 'source', 'created_at'])
      .where('id', '=', id)
      .executeTakeFirstOrThrow();
    if (created) {
      const audited = { action: 'exclusion.added', entity: 'exclusion_list_entry', entity_id: id };
      const changes = {
        phone_number: { previous: null, new: keyedValue(phone_hash) },
        campaign_id: { previous: null, new: campaign_id },
      };
      await appendAudit(tx, { at: now, user_id: actor.user_id, ...audited, changes });
    }
    return { entry, created };
  });
}
