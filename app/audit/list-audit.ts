import type { Db } from '../infra/db/database.ts';

/** A page of the audit log, newest first. */
export async function listAudit(db: Db, { page, page_size }: { page: number; page_size: number }) {
  const items = await db
    .selectFrom('audit_log_entry')
    .leftJoin('user', 'user.id', 'audit_log_entry.user_id')
    .select([
      'audit_log_entry.id',
      'at',
      'audit_log_entry.user_id',
      'name as user_name',
      'action',
      'entity',
      'entity_id',
      'changes',
    ])
    .orderBy('audit_log_entry.id', 'desc')
    .limit(page_size)
    .offset((page - 1) * page_size)
    .execute();
  const { total } = await db
    .selectFrom('audit_log_entry')
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow();
  return { items, total };
}
