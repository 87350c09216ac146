import type { Db } from '../infra/db/database.ts';

/** A page of the contacts whose data is held, the newest hold first; numbers and addresses are no part of it. */
export async function listLegalHolds(db: Db, { page, page_size }: { page: number; page_size: number }) {
  const items = await db
    .selectFrom('legal_hold')
    .innerJoin('contact', 'contact.id', 'contact_id')
    .innerJoin('campaign', 'campaign.id', 'contact.campaign_id')
    .innerJoin('user', 'user.id', 'placed_by_user_id')
    .select(['contact_id', 'contact.external_contact_id', 'contact.campaign_id'])
    .select(['campaign.name as campaign_name', 'reason', 'placed_at', 'user.name as placed_by'])
    .orderBy('placed_at', 'desc')
    .orderBy('contact_id')
    .limit(page_size)
    .offset((page - 1) * page_size)
    .execute();
  const { total } = await db
    .selectFrom('legal_hold')
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow();
  return { items, total };
}
