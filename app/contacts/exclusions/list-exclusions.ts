import type { Db } from '../../infra/db/database.ts';

type Query = { campaign_id?: string | undefined; q?: string | undefined; page: number; page_size: number };

/** A page of the exclusion list, newest first; `q` = start or end of a number. */
export async function listExclusions(db: Db, { campaign_id, q, page, page_size }: Query) {
  const digits = q?.replaceAll(/\D/g, '') ?? '';
  const found = db
    .selectFrom('exclusion_list_entry')
    .$if(campaign_id !== undefined, (some) => some.where('campaign_id', '=', campaign_id!))
    .$if(digits !== '', (some) =>
      some.where((eb) =>
        eb.or([eb('phone_number', 'like', `+${digits}%`), eb('phone_number', 'like', `%${digits}`)]),
      ),
    );
  const [{ total }, items] = await Promise.all([
    found.select((eb) => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow(),
    found
      .leftJoin('campaign', 'campaign.id', 'campaign_id')
      .select(['exclusion_list_entry.id', 'phone_number', 'campaign_id', 'campaign.name as campaign_name'])
      .select(['reason', 'source', 'exclusion_list_entry.created_at'])
      .orderBy('exclusion_list_entry.created_at', 'desc')
      .orderBy('exclusion_list_entry.id', 'desc')
      .limit(page_size)
      .offset((page - 1) * page_size)
      .execute(),
  ]);
  return { items, total };
}
