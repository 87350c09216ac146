import { AppError } from '../../errors.ts';
import type { Db } from '../../infra/db/database.ts';

const COLUMNS = [
  'id as import_id',
  'campaign_id',
  'file_name',
  'sha256',
  'status',
  'bytes',
  'total_rows',
  'total_rows as rows',
  'accepted_count',
  'rejected_count',
  'duplicate_count',
  'excluded_count',
  'same_file_as',
  'error',
  'created_at',
  'updated_at',
] as const;

/** How far an import is, or what became of it; 404 where there is none. */
export async function findImport(db: Db, import_id: string) {
  const found = await db
    .selectFrom('contact_import')
    .select(COLUMNS)
    .where('id', '=', import_id)
    .executeTakeFirst();
  if (!found) throw new AppError('resource.not_found', 'There is no such import.');
  return found;
}

/** A campaign's imports, newest first. */
export async function listImports(db: Db, campaign_id: string) {
  return db
    .selectFrom('contact_import')
    .select(COLUMNS)
    .where('campaign_id', '=', campaign_id)
    .orderBy('created_at', 'desc')
    .limit(200)
    .execute();
}
