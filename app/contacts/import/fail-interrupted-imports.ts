import type { Db } from '../../infra/db/database.ts';

// A running import writes its progress every second while it reads; after this silence nobody is reading any more.
const SILENT_MS = 10 * 60_000;

/** Imports whose process died are marked failed: their transaction left nothing, and they must not hold a campaign open. */
export async function failInterruptedImports(db: Db, now: Date): Promise<void> {
  await db
    .updateTable('contact_import')
    .set({ status: 'failed', error: 'The import was interrupted; nothing of it was kept.', updated_at: now })
    .where('status', '=', 'running')
    .where('updated_at', '<', new Date(now.getTime() - SILENT_MS))
    .execute();
}
