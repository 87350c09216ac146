import { afterAll, beforeAll, expect, it } from 'vitest';
import { waitFor } from '../support/wait-for.ts';
import { type Deployed, deployed, type Running } from './deployed.ts';
import { launch, settled } from './launch.ts';

const CONTACTS = process.env.TEST_FULL ? 400 : 60;
// Who lives at a number is in its last two digits: cooperative, refuses, never again, a machine, nobody, busy.
const ENDINGS = ['01', '01', '01', '02', '03', '09', '07', '08'];
const people = Array.from({ length: CONTACTS }, (_, at) => ({
  phone_number: `+39347${10_000 + at}${ENDINGS[at % ENDINGS.length]}`,
  email: `person-${at}@example.net`,
}));

let product: Deployed;
beforeAll(async () => {
  product = await deployed({ speed: 20, lines: 12 });
});
afterAll(() => product.stop());

it('SIGTERM in each process under load loses nothing and cuts no call', async () => {
  const running: Record<string, Running> = {};
  for (const name of ['api', 'scheduler', 'worker']) running[name] = await product.start(name);
  await product.openLines();
  const campaign = await launch(product, people);

  // A roll-out: the new one comes, the old one goes, each in the middle of calls.
  for (const name of ['scheduler', 'worker', 'api', 'api', 'worker', 'scheduler']) {
    const began = (await product.rings()).length;
    const isNext = async () => {
      const rings = await product.rings();
      const isDone = (await status(campaign)) === 'completed';
      return (
        isDone || (rings.length > began && rings.some((ring) => ring.end_ms === null && ring.said.length > 1))
      );
    };
    // A fact that found no process is asked for by the reconciler, which takes its time.
    await waitFor('calls being live', isNext, 240_000);
    const old = running[name]!;
    running[name] = await product.start(name);
    expect(await product.drain(old), `${name} ends in order:\n${old.output().slice(-2_000)}`).toBe(0);
    expect(old.output()).toContain('"msg":"stopped"');
    expect(old.output()).not.toContain('left unfinished');
  }
  await settled(product, campaign);

  const { db } = product;
  const attempts = await db
    .selectFrom('call_attempt')
    .selectAll()
    .where('campaign_id', '=', campaign)
    .execute();
  const rings = await product.rings();
  expect(attempts, 'everybody is called once').toHaveLength(CONTACTS);
  expect(rings.map(({ call_sid }) => call_sid).toSorted(), 'every call that rang is an attempt’s').toEqual(
    attempts.map(({ provider_call_id }) => provider_call_id).toSorted(),
  );
  expect(await dispositionsBy(campaign)).toEqual({
    '01': ['completed'],
    '02': ['refusal'],
    '03': ['opt_out'],
    '07': ['no_answer'],
    '08': ['busy'],
    '09': ['answering_machine'],
  });
  const events = await db.selectFrom('event').selectAll().where('campaign_id', '=', campaign).execute();
  expect(events).toHaveLength(CONTACTS);
  const mails = await product.mails();
  expect(mails, 'one letter each, by the mail server’s own list').toHaveLength(CONTACTS);
  expect(new Set(mails.map(({ to }) => JSON.stringify(to))).size).toBe(CONTACTS);
}, 600_000);

async function status(campaign: string): Promise<string> {
  const row = await product.db
    .selectFrom('campaign')
    .select('status')
    .where('id', '=', campaign)
    .executeTakeFirstOrThrow();
  return row.status;
}

/** What became of the people with each ending; a call that was cut shows as another disposition. */
async function dispositionsBy(campaign: string): Promise<Record<string, (string | null)[]>> {
  const rows = await product.db
    .selectFrom('call_attempt as a')
    .innerJoin('contact as k', 'k.id', 'a.contact_id')
    .select(['k.phone_number', 'a.disposition'])
    .where('a.campaign_id', '=', campaign)
    .execute();
  const by: Record<string, Set<string | null>> = {};
  for (const { phone_number, disposition } of rows) {
    const ending = String(phone_number).slice(-2);
    by[ending] ??= new Set();
    by[ending].add(disposition);
  }
  return Object.fromEntries(Object.entries(by).map(([ending, all]) => [ending, [...all]]));
}
