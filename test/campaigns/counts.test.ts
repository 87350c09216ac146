import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { allCounts, campaignFigures, progressOf } from '../../app/campaigns/campaign-figures.ts';
import { findCampaign } from '../../app/campaigns/find-campaign.ts';
import {
  foldContactCounts,
  recountContacts,
  runContactCountFold,
} from '../../app/campaigns/fold-contact-counts.ts';
import { listCampaigns } from '../../app/campaigns/list-campaigns.ts';
import { inTransaction } from '../../app/infra/db/database.ts';
import { newId } from '../../app/infra/db/id.ts';
import { waitFor } from '../support/wait-for.ts';
import { type CampaignWorld, campaignWorld, NOW } from './a-campaign.ts';
import { applicationEnv, MAIN } from './application-process.ts';

let w: CampaignWorld;
let zone_set_id: number;
beforeAll(async () => {
  w = await campaignWorld();
  const { id } = await w.create();
  await w.addContacts(id, [{}]);
  zone_set_id = (await w.db.selectFrom('zone_set').select('id').executeTakeFirstOrThrow()).id;
});
afterAll(() => w.close());

/** What the contacts themselves say, beside what the counters say. */
async function bothCounts() {
  const { rows: truth } = await sql`
    select campaign_id, state, preferred_language, count(*) as contacts from contact
    group by 1, 2, 3 order by 1, 2, 3`.execute(w.db);
  const ids = (await w.db.selectFrom('campaign').select('id').execute()).map(({ id }) => id);
  const { rows: counted } = await sql`
    select campaign_id, state, preferred_language, contacts from contact_counts(${ids}::uuid[])
    where contacts <> 0 order by 1, 2, 3`.execute(w.db);
  return { truth, counted };
}

type Rows = { run(tx: typeof w.db): Promise<unknown> };
let serial = 0;
const rows = (campaign_id: string, many: number) =>
  Array.from({ length: many }, () => {
    serial += 1;
    return {
      id: newId(),
      campaign_id,
      phone_number: `+39347${String(serial).padStart(7, '0')}`,
      zone_set_id,
      preferred_language: (['en', 'it', 'auto'] as const)[serial % 3]!,
      created_at: NOW,
      updated_at: NOW,
    };
  });
const some = sql`id in (select id from contact order by md5(id::text || clock_timestamp()::text) limit 4)`;

// What happens to contacts, each as one statement: coming in bulk, moving along, being rectified, being erased.
const CHANGES: Record<string, (campaign_id: string) => Rows> = {
  upload: (id) => ({ run: (db) => db.insertInto('contact').values(rows(id, 7)).execute() }),
  repeat: (id) => ({
    run: async (db) => {
      const one = rows(id, 1);
      await db.insertInto('contact').values(one).execute();
      const again = one.map((row) => ({ ...row, id: newId() }));
      await db
        .insertInto('contact')
        .values(again)
        .onConflict((c) =>
          c.columns(['campaign_id', 'phone_number']).doUpdateSet({ preferred_language: 'it' }),
        )
        .execute();
    },
  }),
  claim: () => ({
    run: (db) =>
      sql`update contact set state = 'in_progress' where state = 'pending' and ${some}`.execute(db),
  }),
  complete: () => ({
    run: (db) => sql`update contact set state = 'completed' where state = 'in_progress'`.execute(db),
  }),
  exclude: () => ({
    run: (db) =>
      sql`update contact set state = 'excluded', excluded_reason = 'opt_out' where state = 'pending' and ${some}`.execute(
        db,
      ),
  }),
  rectify: () => ({
    run: (db) =>
      sql`update contact set preferred_language = 'en', email = 'x@example.net' where ${some}`.execute(db),
  }),
  erase: () => ({ run: (db) => sql`delete from contact where ${some}`.execute(db) }),
};
type Change = keyof typeof CHANGES;
const change = fc.constantFrom(...Object.keys(CHANGES));

describe('the numbers of contacts per state', () => {
  it('are the truth after any sequence of changes, folds and transactions that fail', async () => {
    const campaigns = [(await w.create()).id, (await w.create()).id];
    const step = fc.record({ change, campaign: fc.nat(1), fails: fc.boolean(), folds: fc.boolean() });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 12 }), async (steps) => {
        for (const { change, campaign, fails, folds } of steps) {
          const { run } = CHANGES[change as Change]!(campaigns[campaign]!);
          const work = inTransaction(w.db, async (tx) => {
            await run(tx);
            if (fails) throw new Error('rolled back');
          });
          await work.catch((error: Error) => expect(error.message).toBe('rolled back'));
          if (folds) await foldContactCounts(w.db);
          const { truth, counted } = await bothCounts();
          expect(counted).toEqual(truth);
        }
      }),
      { numRuns: 20 },
    );
  });

  it('are the truth after many writers and folders at once, none of which waits for another', async () => {
    const ids = await Promise.all([w.create(), w.create()]);
    const work = Array.from({ length: 60 }, (_, index) => {
      if (index % 4 === 3) return foldContactCounts(w.db);
      return w.db
        .insertInto('contact')
        .values(rows(ids[index % 2]!.id, 3))
        .execute();
    });
    await Promise.all(work);
    const { truth, counted } = await bothCounts();
    expect(counted).toEqual(truth);
    await foldContactCounts(w.db);
    expect(await w.db.selectFrom('contact_count_delta').selectAll().execute()).toEqual([]);
    expect((await bothCounts()).counted).toEqual(truth);
  });

  it('never make a writer wait: while one change is not committed, another of the same campaign and the fold go on', async () => {
    const { id } = await w.create();
    await inTransaction(w.db, async (tx) => {
      await tx.insertInto('contact').values(rows(id, 2)).execute();
      await w.db.insertInto('contact').values(rows(id, 1)).execute();
      await foldContactCounts(w.db);
      const { contact_counts } = await campaignFigures(w.db, await findCampaign(w.db, id));
      expect(contact_counts).toEqual({ pending: 1, total: 1 });
    });
    const { contact_counts } = await campaignFigures(w.db, await findCampaign(w.db, id));
    expect(contact_counts).toEqual({ pending: 3, total: 3 });
  });

  it('can be counted anew, which tells what was wrong', async () => {
    expect(await recountContacts(w.db)).toBe(0);
    await foldContactCounts(w.db);
    await sql`update contact_count set contacts = contacts + 5 where state = 'pending'`.execute(w.db);
    await sql`delete from contact_count where state = 'completed'`.execute(w.db);
    expect(await recountContacts(w.db)).toBeGreaterThan(0);
    const { truth, counted } = await bothCounts();
    expect(counted).toEqual(truth);
    expect(await recountContacts(w.db)).toBe(0);
  });
});

describe('the processes', () => {
  it('fold while they work, until they are told to stop', async () => {
    const { id } = await w.create();
    await w.addContacts(id, [{}, {}]);
    const stopping = new AbortController();
    const errors: unknown[] = [];
    const log = { error: (entry: unknown) => errors.push(entry) };
    const folding = runContactCountFold({ db: w.db, log: log as never }, stopping.signal);
    await waitFor('the fold', async () => {
      const left = await w.db.selectFrom('contact_count_delta').select('id').execute();
      return left.length === 0;
    });
    stopping.abort();
    await folding;
    expect(errors).toEqual([]);
  });

  it('tell an operator who doubts, and correct', async () => {
    // Contacts that were moved above without any call: where they stand is worked out first.
    await sql`select recode_contacts()`.execute(w.db);
    const recount = async () =>
      (await promisify(execFile)(process.execPath, [MAIN, 'recount'], { env: await applicationEnv(w.url) }))
        .stdout;
    await foldContactCounts(w.db);
    expect(await recount()).toBe('Every number was right.\n');
    await sql`update contact_count set contacts = contacts + 1 where state = 'pending' and contacts > 0`.execute(
      w.db,
    );
    expect(await recount()).toMatch(/^Corrected: [1-9]/);
    expect(await recount()).toBe('Every number was right.\n');
  });
});

describe('the list', () => {
  it('shows counts, progress and the total, also behind the last page', async () => {
    const { id } = await w.create({ name: 'Counted once' });
    await w.addContacts(id, [
      {},
      { state: 'completed' },
      { state: 'refused' },
      { state: 'excluded', excluded_reason: 'opt_out' },
    ]);
    const query = { q: 'counted once', sort: 'name' as const, page: 1, page_size: 10 };
    const { items, total } = await listCampaigns(w.db, query);
    const counts = allCounts(items[0]!.contact_counts);
    expect({ total, counts }).toEqual({
      total: 1,
      counts: { total: 4, pending: 1, in_progress: 0, completed: 1, refused: 1, not_reached: 0, excluded: 1 },
    });
    expect(progressOf(counts)).toBeCloseTo(2 / 3);
    expect(progressOf(allCounts({}))).toBeNull();
    expect(await listCampaigns(w.db, { ...query, page: 9 })).toEqual({ items: [], total: 1 });
  });

  it('is one statement that does not look at a single contact', async () => {
    const said: string[] = [];
    const { db } = w;
    const logged = db.withPlugin({
      transformQuery: ({ node }) => node,
      transformResult: async ({ result }) => {
        said.push('statement');
        return result;
      },
    });
    await listCampaigns(logged, { sort: '-created_at', page: 1, page_size: 25 });
    expect(said).toEqual(['statement']);
    const read = () =>
      sql<{ reads: number }>`select coalesce(seq_scan + idx_scan, 0) as reads from pg_stat_xact_user_tables
        where relname = 'contact'`;
    const reads = await inTransaction(db, async (tx) => {
      const before = (await read().execute(tx)).rows[0]!.reads;
      await listCampaigns(tx, { sort: '-created_at', page: 1, page_size: 25 });
      return (await read().execute(tx)).rows[0]!.reads - before;
    });
    expect(reads).toBe(0);
  });
});
