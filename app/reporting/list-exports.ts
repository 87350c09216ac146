import type { Db } from '../infra/db/database.ts';

/** A campaign's exports, newest first: who took what, when and why. */
export async function listExports(db: Db, { campaign_id }: { campaign_id: string }) {
  return db
    .selectFrom('export')
    .innerJoin('user', 'user.id', 'export.user_id')
    .select([
      'export.id',
      'export.created_at',
      'user.name as user_name',
      'format',
      'rows',
      'sha256',
      'reason',
      'status',
    ])
    .where('campaign_id', '=', campaign_id)
    .orderBy('export.created_at', 'desc')
    .limit(200)
    .execute();
}
