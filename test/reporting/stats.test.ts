import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { newId } from '../../app/infra/db/id.ts';
import { aaporRates } from '../../app/reporting/aapor.ts';
import { campaignStats } from '../../app/reporting/campaign-stats.ts';
import { type World, world } from '../calling/world.ts';
import { contactHistory, writeHistories } from './histories.ts';
import { naiveRates, recount, romanDay } from './recount.ts';

let w: World;
beforeAll(async () => {
  w = await world();
});
afterAll(() => w.close());

const statsOf = (campaign_id: string, more: { from?: Date; to?: Date; bucket?: 'hour' | 'day' } = {}) =>
  campaignStats(w.db, {
    campaign_id,
    bucket: 'day',
    from: null,
    to: null,
    role: 'admin',
    now: w.ctx.now(),
    ...more,
  });

/** Equal but for the last bits of floating point. */
function expectSame(actual: unknown, expected: unknown): void {
  const rounded = (value: unknown) =>
    JSON.parse(JSON.stringify(value, (_, one) => (typeof one === 'number' ? Number(one.toFixed(6)) : one)));
  expect(rounded(actual)).toEqual(rounded(expected));
}

it('says of any history what counting it one by one says', async () => {
  const history = fc.array(contactHistory, { maxLength: 40, size: '+1' });
  await fc.assert(
    fc.asyncProperty(history, async (histories) => {
      const { campaign_id } = await writeHistories(w, histories);
      const { time_series, funnel, answers, answer_rate, updated_at, forecast, ...figures } =
        await statsOf(campaign_id);
      const { attempts_by_day, ...expected } = recount(histories);
      expectSame(
        {
          ...figures,
          funnel: Object.fromEntries(funnel.map(({ step, count }) => [step, count])),
          answers: answers.map(({ question: _q, text: _t, type: _y, texts, ...rest }) => {
            return { ...rest, texts: texts.toSorted() };
          }),
          answer_rate: Object.fromEntries(
            answer_rate.flatMap(({ weekday, hour, attempts, answered }) =>
              [
                [`${weekday} ${hour} answered`, answered] as const,
                [`${weekday} ${hour} not answered`, attempts - answered] as const,
              ].filter(([, count]) => count > 0),
            ),
          ),
        },
        expected,
      );
      const days = time_series.map(({ bucket_start, attempts }) => [romanDay(bucket_start), attempts]);
      expect(Object.fromEntries(days)).toEqual(attempts_by_day);
      expect(updated_at).toEqual(w.ctx.now());
      if (forecast) expect(forecast.remaining).toBe(figures.by_state.pending + figures.by_state.in_progress);
    }),
    { numRuns: 25 },
  );
});

it('counts every contact under exactly one code', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(contactHistory, { minLength: 1, maxLength: 20 }), async (histories) => {
      const { campaign_id } = await writeHistories(w, histories);
      const { by_disposition_code, total_contacts } = await statsOf(campaign_id);
      expect(Object.values(by_disposition_code).reduce((sum, count) => sum + count, 0)).toBe(total_contacts);
    }),
    { numRuns: 10 },
  );
});

it('gives the rates that the printed formulas give, for any table of cases', () => {
  const n = fc.nat(1_000);
  const tables = fc.record({ I: n, P: n, R: n, NC: n, O: n, UH: n, UO: n, NE: n });
  fc.assert(
    fc.property(tables, (cases) => expectSame(aaporRates(cases), naiveRates(cases))),
    { numRuns: 1_000 },
  );
});

it('has every key and no rate without a denominator in an empty campaign', async () => {
  const stats = await statsOf(await w.campaign());
  expect(stats).toMatchObject({ total_contacts: 0, completion_rate: null, time_series: [], live_calls: 0 });
  expect(Object.keys(stats.by_state)).toHaveLength(6);
  expect(Object.values(stats.aapor)).toEqual(Object.values(stats.aapor).map(() => null));
});

it('cuts the series by from and to, by the hour', async () => {
  const at = (minute: number) => ({
    disposition: 'no_answer' as const,
    minute,
    talked: null,
    consent: null,
    latencies: [],
    partial: 0,
  });
  const calls = [at(5), at(55), at(65), at(200)];
  const one = { state: 'pending', not_reached_reason: null, calls, answers: null } as const;
  const { campaign_id } = await writeHistories(w, [one]);
  const hour = (hours: number) => new Date(w.ctx.now().getTime() + hours * 3_600_000);
  const { time_series } = await statsOf(campaign_id, { bucket: 'hour', from: hour(0), to: hour(3) });
  expect(time_series).toEqual([
    { bucket_start: hour(0), attempts: 2, completions: 0, refusals: 0 },
    { bucket_start: hour(1), attempts: 1, completions: 0, refusals: 0 },
  ]);
});

it('answers 404 for a campaign that is not there', async () => {
  await expect(statsOf(newId())).rejects.toMatchObject({ code: 'resource.not_found' });
});
