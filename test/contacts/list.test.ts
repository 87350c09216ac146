import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CONTACT_SORTS, type ContactQuery, listContacts } from '../../app/contacts/list-contacts.ts';
import { type CampaignWorld, campaignWorld } from '../campaigns/a-campaign.ts';
import { upload } from './an-upload.ts';

const COUNT = 157;
let w: CampaignWorld;
let campaign_id: string;
beforeAll(async () => {
  w = await campaignWorld();
  campaign_id = (await w.create()).id;
  const rows = Array.from(
    { length: COUNT },
    (_, n) => `K-${n % 50},+39347${String(n * 61).padStart(7, '0')}`,
  );
  await upload(w, campaign_id, `id,phone\n${rows.join('\n')}`);
  // Some were tried, some of these wait for another time; many share a moment.
  await sql`
    update contact set attempts_count = n % 4,
      last_attempt_at = case when n % 4 > 0 then timestamptz '2026-01-01' + make_interval(hours => n % 7) end,
      next_attempt_at = case when n % 5 = 0 then timestamptz '2026-02-01' + make_interval(hours => n % 3) end,
      last_outcome = case when n % 4 > 0 then 'no_answer'::call_outcome end,
      aapor_code = case when n % 4 > 0 then '3.13' else '3.11' end
    from (select id, (row_number() over (order by phone_number))::int as n from contact) numbered
    where numbered.id = contact.id`.execute(w.db);
}, 60_000);
afterAll(() => w.close());

const list = (more: Partial<ContactQuery> = {}) =>
  listContacts(w.db, { campaign_id, sort: 'created_at', page: 1, page_size: 25, role: 'admin', ...more });
const sorts = CONTACT_SORTS.flatMap((sort) => [sort, `-${sort}`]);

/** Every page by its cursor, from the first to the last. */
async function walk(query: Partial<ContactQuery>) {
  const ids: string[] = [];
  let answer = await list(query);
  ids.push(...answer.items.map(({ id }) => id));
  while (answer.next_cursor) {
    answer = await list({ ...query, cursor: answer.next_cursor });
    ids.push(...answer.items.map(({ id }) => id));
  }
  return { ids, last: answer };
}

describe('the contacts of a campaign', () => {
  it.each(sorts)('come by %s in one order, by cursor there and back and by page', async (sort) => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 60 }), async (page_size) => {
        const { ids, last } = await walk({ sort, page_size });
        expect(new Set(ids).size).toBe(COUNT);
        const pages: string[] = [];
        for (let page = 1; page <= Math.ceil(COUNT / page_size); page += 1)
          pages.push(...(await list({ sort, page, page_size })).items.map(({ id }) => id));
        expect(pages).toEqual(ids);
        const back = last.items.map(({ id }) => id);
        let cursor = last.prev_cursor;
        while (cursor) {
          const answer = await list({ sort, page_size, cursor });
          back.unshift(...answer.items.map(({ id }) => id));
          cursor = answer.prev_cursor;
        }
        expect(back).toEqual(ids);
      }),
      { numRuns: 4 },
    );
    const all = await list({ sort, page_size: 200 });
    const column = sort.replace('-', '') as (typeof CONTACT_SORTS)[number];
    const values = all.items.map((item) => item[column]).map((one) => (one === null ? null : Number(one)));
    const valued = values.filter((one) => one !== null);
    const sorted = valued.toSorted((a, b) => (sort.startsWith('-') ? b - a : a - b));
    expect(values).toEqual([...sorted, ...Array(COUNT - valued.length).fill(null)]);
  });

  it('are found by where they stand, and counted', async () => {
    expect((await list()).total).toBe(COUNT);
    const tried = await walk({ disposition: '3.13' });
    expect((await list({ disposition: '3.13' })).total).toBe(tried.ids.length);
    expect((await list({ outcome: 'no_answer' })).total).toBe(tried.ids.length);
    expect((await list({ state: 'completed' })).total).toBe(0);
  });

  it('are found by the start of their id, and by the start or the end of their number', async () => {
    const found = async (q: string) => (await list({ q, page_size: 200 })).items;
    expect((await found('k-4')).map((one) => one.external_contact_id)).toSatisfy(
      (ids: string[]) => ids.length > 0 && ids.every((id) => id.startsWith('K-4')),
    );
    const [one] = (await list()).items;
    const digits = one!.phone_number!.slice(1);
    for (const q of [digits, `+${digits.slice(0, 9)}`, digits.slice(-4), digits.slice(-7)])
      expect((await found(q)).map(({ id }) => id)).toContain(one!.id);
    expect(await found(digits.slice(-3))).toEqual([]);
    expect(await found('%')).toEqual([]);
  });

  it('are not told by a cursor of another list, or by one that was made up', async () => {
    const { next_cursor } = await list();
    const wrong = [next_cursor!, 'x', Buffer.from('{"sort":"-created_at","after":{}}').toString('base64url')];
    for (const cursor of wrong)
      await expect(list({ sort: '-created_at', cursor })).rejects.toMatchObject({ code: 'request.invalid' });
  });
});
