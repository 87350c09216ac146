import type { Db } from '../infra/db/database.ts';
import { appendAudit } from './append-audit.ts';
import type { AuditFilter } from './list-audit.ts';

/** Puts down that somebody took the log out of the house, and which part of it. */
export function recordAuditExport(
  db: Db,
  { filter, actor, now }: { filter: AuditFilter; actor: { user_id: string }; now: Date },
): Promise<void> {
  return db.transaction().execute((tx) =>
    appendAudit(tx, {
      at: now,
      user_id: actor.user_id,
      action: 'audit_log.exported',
      entity: 'audit_log_entry',
      entity_id: null,
      changes: { filter: { previous: null, new: filter } },
    }),
  );
}
