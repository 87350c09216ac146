import { afterAll, beforeAll, expect, it } from 'vitest';
import { reconcileCalls } from '../../app/calling/reconcile-calls.ts';
import { runScheduler } from '../../app/calling/scheduler/run-scheduler.ts';
import { waitFor } from '../support/wait-for.ts';
import { ALWAYS, type CarrierWorld, carrierWorld } from './carrier-world.ts';

let w: CarrierWorld;
beforeAll(async () => {
  w = await carrierWorld();
});
afterAll(() => w.close());

async function outcomes(campaign: string) {
  const rows = await w.db
    .selectFrom('contact as k')
    .leftJoin('call_attempt as a', 'a.contact_id', 'k.id')
    .select(['k.phone_number', 'k.state', 'k.attempts_count', 'a.disposition', 'a.outcome'])
    .where('k.campaign_id', '=', campaign)
    .orderBy('k.phone_number')
    .execute();
  return Object.fromEntries(
    rows.map(({ phone_number, state, disposition }) => [phone_number.slice(-2), `${state} ${disposition}`]),
  );
}

it('calls the whole cast, and each ends as it is', async () => {
  const campaign = await w.campaign({ ...ALWAYS, translated: true });
  for (let n = 1; n <= 11; n += 1) {
    const phone_number = `+3933312340${String(n).padStart(2, '0')}`;
    await w.contacts(campaign, 1, { phone_number, preferred_language: n % 2 === 0 ? 'it' : 'en' });
  }
  await w.runToTheEnd(campaign);
  expect(await outcomes(campaign)).toEqual({
    '01': 'completed completed',
    '02': 'refused refusal',
    '03': 'refused opt_out',
    '04': 'completed completed',
    '05': 'completed completed',
    '06': expect.stringMatching(/^(completed completed|not_reached no_explicit_consent)$/),
    '07': 'not_reached no_answer',
    '08': 'not_reached busy',
    '09': 'not_reached answering_machine',
    '10': 'not_reached break_off',
    '11': 'not_reached invalid_number',
  });
  const dialled = (await w.facts()).filter(({ fact }) => fact === 'accepted');
  expect(dialled).toHaveLength(11);
});

it('keeps its promises when the carrier does not keep its own', async () => {
  await w.putFaults({
    create_429: 0.2,
    create_500: 0.2,
    create_reset: 0.1,
    accept_then_timeout: 0.2,
    webhook_lost: 0.2,
    webhook_duplicated: 0.3,
    webhook_reordered: 0.3,
    webhook_wrong_signature: 0.1,
  });
  const campaign = await w.campaign(ALWAYS);
  await w.contacts(campaign, 40);
  const realNow = w.ctx.now;
  let ahead = 0;
  w.ctx.now = () => new Date(Date.now() + ahead);
  const stop = new AbortController();
  const running = runScheduler(w.ctx, stop.signal);
  await waitFor('the end of the campaign', async () => {
    // Overdue is a matter of minutes: the clock goes on while the carrier's is compressed.
    ahead += 5_000;
    await reconcileCalls(w.ctx);
    const open = await w.db
      .selectFrom('contact')
      .select('id')
      .where('campaign_id', '=', campaign)
      .where('state', 'in', ['pending', 'in_progress'])
      .execute();
    return open.length === 0;
  });
  stop.abort();
  await running;
  w.ctx.now = realNow;
  await w.putFaults({});
  const perNumber = new Map<string, number>();
  for (const { fact, to } of await w.facts()) {
    if (fact === 'accepted') perNumber.set(to, (perNumber.get(to) ?? 0) + 1);
  }
  expect(Math.max(...perNumber.values())).toBe(1);
  const rows = await w.db
    .selectFrom('contact as k')
    .select(['k.attempts_count', 'k.state'])
    .select((eb) =>
      eb
        .selectFrom('call_attempt as a')
        .whereRef('a.contact_id', '=', 'k.id')
        .select((inner) => inner.fn.countAll<number>().as('n'))
        .as('attempts'),
    )
    .where('k.campaign_id', '=', campaign)
    .execute();
  for (const { attempts_count, attempts } of rows) expect(attempts).toBe(attempts_count);
});
