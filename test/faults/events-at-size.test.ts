import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Mood } from '../notifications/post-office.ts';
import { waitFor } from '../support/wait-for.ts';
import { type MailStack, mailStack } from './mail-stack.ts';

const EVENTS = process.env.TEST_FULL ? 10_000 : 1_000;
const SEED = Number(process.env.SEED ?? 20_261_123);

let stack: MailStack;
beforeAll(async () => {
  stack = await mailStack({ EMAIL_TIMEOUT_SECONDS: '3', EMAIL_MAX_ATTEMPTS: '8', DATABASE_POOL: '15' });
});
afterAll(() => stack.stop());

/** The same numbers for the same seed (mulberry32). */
function dice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const WEATHER: [number, Mood][] = [
  [0.04, { reply: 421 }],
  [0.02, { reply: 451, at_data: true }],
  [0.02, { reply: 550 }],
  [0.01, { reply: 554, at_data: true }],
  [0.02, 'drop_at_sender'],
  [0.01, 'drop_in_letter'],
  [0.005, 'drop_after_dot'],
  [0.005, 'keep_and_drop'],
  [0.002, 'hold_after_dot'],
  [0.002, 'keep_and_hold'],
];

function weather(random: () => number): () => Mood | undefined {
  return () => {
    let left = random();
    return WEATHER.find(([share]) => {
      left -= share;
      return left < 0;
    })?.[1];
  };
}

it(`${EVENTS} events, a tenth delivered again, a bad mail server, killed workers (seed ${SEED})`, async () => {
  const random = dice(SEED);
  const { db, office } = stack;
  office.setWeather(weather(random));
  let workers = await Promise.all([stack.worker(), stack.worker()]);
  await stack.happen(EVENTS);

  // A tenth comes again: the same event under another id of the bus, some of them while the first is being dealt with.
  const repeat = async (share: number) => {
    const events = await db.selectFrom('event').select(['id', 'contact_id', 'payload']).execute();
    const again = events.filter(() => random() < share);
    await stack.api.ctx.bus.publish(
      again.map(({ id, contact_id, payload }) => ({ key: id, group: contact_id, body: payload })),
    );
    return again.length;
  };
  const repeated = await repeat(0.05);

  // In the middle of it both workers are killed.
  await waitFor('some letters', () => office.accepted.length > EVENTS / 4);
  for (const worker of workers) await stack.kill(worker);
  await stack.expireLeases();
  workers = await Promise.all([stack.worker(), stack.worker()]);
  const repeatedLater = await repeat(0.05);
  expect(repeated + repeatedLater).toBeGreaterThan(EVENTS * 0.07);

  await waitFor(
    'the end of every letter',
    async () => {
      // What waits for its next attempt need not wait for the clock.
      await sql`update email_notification set next_send_at = now() where status = 'pending'`.execute(db);
      const { nothing = 0, pending = 0, sending = 0 } = await stack.fates();
      return nothing + pending + sending === 0;
    },
    400_000,
  );
  await waitFor('an empty bus', async () => (await stack.api.ctx.bus.depth()).waiting === 0);

  const fates = await stack.fates();
  const { sent = 0, failed = 0, unknown = 0 } = fates;
  expect(sent + failed + unknown).toBe(EVENTS); // one row an event, and each at its end
  const ids = office.accepted.map(({ messageId }) => messageId);
  expect(new Set(ids).size).toBe(ids.length); // none accepted twice
  const people = office.accepted.map(({ to }) => (to as { text: string }).text);
  expect(new Set(people).size).toBe(people.length);
  // Whatever is called sent was accepted, and what was accepted beyond that is admitted to be unknown.
  const claimed = await db
    .selectFrom('email_notification')
    .select(['id', 'status'])
    .where('status', 'in', ['sent', 'unknown'])
    .execute();
  const statusOf = new Map(claimed.map(({ id, status }) => [`<${id}@voicesurveyagent>`, status]));
  const accepted = new Set(ids);
  expect(
    claimed.filter(({ id, status }) => status === 'sent' && !accepted.has(`<${id}@voicesurveyagent>`)),
  ).toEqual([]);
  expect(ids.filter((id) => !statusOf.has(id ?? ''))).toEqual([]);
  expect(sent).toBeGreaterThan(EVENTS * 0.85);
  expect(failed).toBeGreaterThan(0);
  expect(unknown).toBeGreaterThan(0);
  const { attempts } = await db
    .selectFrom('email_notification')
    .select((eb) => eb.fn.max('attempts').as('attempts'))
    .executeTakeFirstOrThrow();
  expect(attempts).toBeLessThanOrEqual(8);
}, 600_000);
