import type { Db } from '../infra/db/database.ts';
import type { EmailStatus } from '../infra/db/tables.ts';

type Query = { page: number; page_size: number; status?: EmailStatus | undefined };

/** A page of the follow-up e-mails, newest first, skipped ones with their reason. */
export async function listEmailNotifications(db: Db, { page, page_size, status }: Query) {
  const rows = db
    .selectFrom('email_notification')
    .$if(status !== undefined, (query) => query.where('status', '=', status as EmailStatus));
  const items = await rows
    .selectAll()
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(page_size)
    .offset((page - 1) * page_size)
    .execute();
  const { total } = await rows.select((eb) => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow();
  return { items, total };
}
