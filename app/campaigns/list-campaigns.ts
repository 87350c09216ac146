import type { Db } from '../infra/db/database.ts';
import type { Campaign, CampaignStatus } from './campaign.ts';
import { type CampaignFigures, figureColumns } from './campaign-figures.ts';

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

/**
 * One page of campaigns that were not deleted, each with its figures, and how many there are in all: one statement, and
 * the figures are looked up for the campaigns of this page only.
 */
export async function listCampaigns(
  db: Db,
  query: CampaignQuery,
): Promise<{ items: (Campaign & CampaignFigures)[]; total: number }> {
  const { sort, page, page_size } = query;
  const field = sort.replace('-', '') as CampaignSort;
  const isDown = sort.startsWith('-');
  // Ids only, so that no scripts are sorted; the rows of the page are fetched once it is known.
  const found = matching(db, query)
    .select('id')
    .select((eb) => eb.fn.countAll<number>().over().as('total'))
    .orderBy(field, (order) => (isDown ? order.desc() : order.asc()).nullsLast())
    .orderBy('id', isDown ? 'desc' : 'asc')
    .limit(page_size)
    .offset((page - 1) * page_size);
  const rows = await db
    .selectFrom(found.as('found'))
    .innerJoin('campaign', 'campaign.id', 'found.id')
    .selectAll('campaign')
    .select('found.total')
    .select(figureColumns)
    .orderBy(`campaign.${field}`, (order) => (isDown ? order.desc() : order.asc()).nullsLast())
    .orderBy('campaign.id', isDown ? 'desc' : 'asc')
    .execute();
  // A page behind the last one has no row that could tell the total.
  if (rows.length === 0 && page > 1) return { items: [], total: await countAll(db, query) };
  return { items: rows.map(({ total: _, ...item }) => item), total: rows[0]?.total ?? 0 };
}

async function countAll(db: Db, query: CampaignQuery): Promise<number> {
  const counted = matching(db, query).select((eb) => eb.fn.countAll<number>().as('total'));
  return (await counted.executeTakeFirstOrThrow()).total;
}

function matching(db: Db, { status, created_from, created_to, q }: CampaignQuery) {
  return db
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
}
