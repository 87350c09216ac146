import type { Db } from '../infra/db/database.ts';
import type { Campaign, CampaignStatus } from './campaign.ts';

/** By what a list of campaigns can be sorted. */
export const CAMPAIGN_SORTS = ['created_at', 'updated_at', 'name', 'status', 'scheduled_at'] as const;
export type CampaignSort = (typeof CAMPAIGN_SORTS)[number];

export type CampaignQuery = {
  status?: CampaignStatus[] | undefined;
  created_from?: Date | undefined;
  created_to?: Date | undefined;
  /** Part of the name, the description or the organisation. */
  q?: string | undefined;
  sort: CampaignSort | `-${CampaignSort}`;
  page: number;
  page_size: number;
};

/** One page of campaigns that were not deleted, and how many there are in all. */
export async function listCampaigns(
  db: Db,
  query: CampaignQuery,
): Promise<{ items: Campaign[]; total: number }> {
  const { status, created_from, created_to, q, sort, page, page_size } = query;
  const found = db
    .selectFrom('campaign')
    .where('deleted_at', 'is', null)
    .$if(status !== undefined, (some) => some.where('status', 'in', status!))
    .$if(created_from !== undefined, (some) => some.where('created_at', '>=', created_from!))
    .$if(created_to !== undefined, (some) => some.where('created_at', '<=', created_to!))
    .$if(q !== undefined, (some) => {
      const part = `%${q!.replaceAll(/[\\%_]/g, '\\$&')}%`;
      return some.where((eb) =>
        eb.or(
          (['name', 'description', 'organization_name'] as const).map((field) => eb(field, 'ilike', part)),
        ),
      );
    });
  const field = sort.replace('-', '') as CampaignSort;
  const isDown = sort.startsWith('-');
  const [{ total }, items] = await Promise.all([
    found.select((eb) => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow(),
    found
      .selectAll()
      .orderBy(field, (order) => (isDown ? order.desc() : order.asc()).nullsLast())
      .orderBy('id', isDown ? 'desc' : 'asc')
      .limit(page_size)
      .offset((page - 1) * page_size)
      .execute(),
  ]);
  return { items, total };
}
