import type { Db } from '../infra/db/database.ts';
import { type AuditEntry, entryHash } from './append-audit.ts';

/** Walks the whole chain; answers the id of the first entry that does not fit its predecessor, or null. */
export async function verifyAudit(db: Db): Promise<number | null> {
  let previous = Buffer.alloc(32);
  let after = 0;
  for (;;) {
    const rows = await db
      .selectFrom('audit_log_entry')
      .selectAll()
      .where('id', '>', after)
      .orderBy('id')
      .limit(1_000)
      .execute();
    for (const row of rows) {
      const fits =
        row.previous_hash.equals(previous) &&
        row.hash.equals(entryHash(previous, row as unknown as AuditEntry));
      if (!fits) return row.id;
      previous = row.hash as Buffer<ArrayBuffer>;
      after = row.id;
    }
    if (rows.length < 1_000) return null;
  }
}
