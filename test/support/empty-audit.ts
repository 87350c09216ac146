import { sql } from 'kysely';
import type { Db } from '../../app/infra/db/database.ts';

/** Empties the audit log, as only who owns the whole server can: past its triggers. */
export function emptyAudit(db: Db): Promise<void> {
  return db.transaction().execute(async (tx) => {
    await sql`set local session_replication_role = replica`.execute(tx);
    await sql`truncate audit_log_entry, audit_seal restart identity`.execute(tx);
    await sql`update audit_head set entries = 0, last_id = null, hash = null`.execute(tx);
  });
}
