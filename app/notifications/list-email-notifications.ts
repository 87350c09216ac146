import type { Db } from '../infra/db/database.ts';
import type { EmailStatus } from '../infra/db/tables.ts';

type Query = {
  page: number;
  page_size: number;
  status?: EmailStatus | undefined;
  campaign_id?: string | undefined;
  contact_id?: string | undefined;
};

/** A page of the follow-up e-mails, newest first, skipped ones with their reason. */
export async function listEmailNotifications(db: Db, { page, page_size, status, ...of }: Query) {
  const rows = db
    .selectFrom('email_notification')
    .$if(status !== undefined, (query) => query.where('status', '=', status as EmailStatus))
    .$if(of.campaign_id !== undefined, (query) => query.where('campaign_id', '=', of.campaign_id as string))
    .$if(of.contact_id !== undefined, (query) => query.where('contact_id', '=', of.contact_id as string));
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
