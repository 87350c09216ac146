import { sql } from 'kysely';
import type { Db } from '../../infra/db/database.ts';

// An import takes its campaign's turn right after it is entered; this long is more than enough for that.
const GRACE_MS = 30_000;

/**
 * Imports whose process died are marked failed: their transaction left nothing, and they must not hold a campaign open.
 * A living import holds its campaign's turn on its own connection, so whoever can take the turn knows that it is dead.
 */
export async function failInterruptedImports(db: Db, now: Date): Promise<void> {
  await sql`
    with silent as materialized (
      select id, campaign_id from contact_import
      where status = 'running' and updated_at < ${new Date(now.getTime() - GRACE_MS)}),
    dead as materialized (
      select id from silent where pg_try_advisory_xact_lock(hashtextextended(campaign_id::text, 1)))
    update contact_import set status = 'failed', error = 'The import was interrupted; nothing of it was kept.',
      updated_at = ${now}
    where id in (select id from dead)`.execute(db);
}
