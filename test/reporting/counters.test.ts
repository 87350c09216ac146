import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DISPOSITIONS } from '../../app/calling/call.ts';
import { foldResultCounts, recountResults } from '../../app/reporting/fold-result-counts.ts';
import { type World, world } from '../calling/world.ts';
import { contactHistory, writeHistories } from './histories.ts';

let w: World;
beforeAll(async () => {
  w = await world();
});
afterAll(() => w.close());

/** What the counters say beside what the calls, turns and answers themselves say. */
async function both() {
  const order = sql`order by 1, 2, 3, 4, 5, 6`;
  const columns = sql`campaign_id, figure, slot, number, value, answered`;
  const { rows: truth } = await sql`select ${columns}, entries, talk_us from result_truth ${order}`.execute(
    w.db,
  );
  const { rows: counted } = await sql`
    select c.id as campaign_id, r.* from campaign c cross join lateral result_cells(c.id) r ${order}`.execute(
    w.db,
  );
  return { truth, counted };
}

const CHANGES = {
  erase_answers: sql`update survey_response set q1_answer = null, q1_status = 'refused', q3_answer = null, q3_status = 'refused'
    where id in (select id from survey_response order by id limit 2)`,
  remove_responses: sql`delete from survey_response where id in (select id from survey_response order by id limit 1)`,
  remove_turns: sql`delete from transcript_turn where call_attempt_id in (
    select call_attempt_id from transcript_turn order by 1 limit 2)`,
  measure_again: sql`update transcript_turn set latency_ms = latency_ms + 1 where position = 0`,
};

describe('the counters of calls, turns and answers', () => {
  it('are the truth after any history, erasure and fold', async () => {
    const change = fc.constantFrom(...(Object.keys(CHANGES) as (keyof typeof CHANGES)[]));
    await fc.assert(
      fc.asyncProperty(
        fc.array(contactHistory, { maxLength: 15, size: '+1' }),
        fc.array(change, { maxLength: 4 }),
        fc.boolean(),
        async (histories, changes, folds) => {
          await writeHistories(w, histories);
          if (folds) await foldResultCounts(w.db);
          for (const name of changes) await CHANGES[name].execute(w.db);
          const { truth, counted } = await both();
          expect(counted).toEqual(truth);
        },
      ),
      { numRuns: 15 },
    );
  });

  it('are folded to nothing but themselves, by many folders at once', async () => {
    const before = (await both()).counted;
    await Promise.all(Array.from({ length: 8 }, () => foldResultCounts(w.db)));
    await foldResultCounts(w.db);
    expect(await w.db.selectFrom('result_count_delta').select('id').execute()).toEqual([]);
    expect((await both()).counted).toEqual(before);
  });

  it('are set right when somebody has touched them, and where a contact stands as well', async () => {
    expect(await recountResults(w.db)).toBe(0);
    await sql`update result_count set entries = entries + 3 where figure = 'attempt' and value = 'no_answer'`.execute(
      w.db,
    );
    await sql`update contact set aapor_code = '2.2' where aapor_code = '3.11'`.execute(w.db);
    expect(await recountResults(w.db)).toBeGreaterThan(1);
    const { truth, counted } = await both();
    expect(counted).toEqual(truth);
    expect(await recountResults(w.db)).toBe(0);
  });
});

it('the database knows the same codes as the program', async () => {
  const { rows } = await sql<{ source: string }>`
    select prosrc as source from pg_proc where proname = 'recode_contacts'`.execute(w.db);
  const known = [...rows[0]!.source.matchAll(/\('(\w+)', '([\d.]+)', -?\d\)/g)].map(([, name, code]) => [
    name,
    code,
  ]);
  const declared = Object.entries(DISPOSITIONS).map(([name, { aapor }]) => [name, aapor]);
  expect(known.sort()).toEqual(declared.sort());
});
