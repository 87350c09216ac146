import { appendAudit } from '../audit/append-audit.ts';
import type { Actor } from '../auth/user.ts';
import type { Db } from '../infra/db/database.ts';
import { newId } from '../infra/db/id.ts';
import type { Figures } from './write-csv.ts';

type Who = { campaign_id: string; actor: Actor; at: Date };
type Start = Who & { format: 'csv' | 'xlsx'; reason: string | null };

/** Puts an export on record, audited, before its first byte; answers its id. */
export async function recordExportStart(
  db: Db,
  { campaign_id, format, reason, actor, at }: Start,
): Promise<string> {
  const id = newId();
  await db.transaction().execute(async (tx) => {
    const row = { id, campaign_id, user_id: actor.user_id, format, reason, created_at: at };
    await tx.insertInto('export').values(row).execute();
    const action = 'campaign.export_started';
    await appendAudit(tx, { ...entry(campaign_id, actor, at), action, changes: added({ format, reason }) });
  });
  return id;
}

/** Puts on record how the export ended: how many rows with which hash, or that it was cut off (`figures` null). */
export async function recordExportEnd(
  db: Db,
  { id, campaign_id, actor, figures, at }: Who & { id: string; figures: Figures | null },
): Promise<void> {
  const status = figures ? ('completed' as const) : ('failed' as const);
  const action = figures ? 'campaign.exported' : 'campaign.export_failed';
  await db.transaction().execute(async (tx) => {
    await tx
      .updateTable('export')
      .set({ ...figures, status, finished_at: at })
      .where('id', '=', id)
      .execute();
    const changes = added({ export_id: id, ...figures });
    await appendAudit(tx, { ...entry(campaign_id, actor, at), action, changes });
  });
}

function entry(campaign_id: string, { user_id }: Actor, at: Date) {
  return { at, user_id, entity: 'campaign', entity_id: campaign_id };
}

function added(fields: Record<string, unknown>) {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [name, { previous: null, new: value }]),
  );
}
