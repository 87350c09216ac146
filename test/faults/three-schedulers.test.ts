import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { adoptLostCall } from '../../app/calling/adopt-lost-call.ts';
import { askAboutCall } from '../../app/calling/ask-about-call.ts';
import { CAMPAIGNS } from '../../embedded/demo/campaigns.ts';
import { byNumber, mostAtOnce, type Ring } from '../../embedded/demo/carrier-log.ts';
import { waitFor } from '../support/wait-for.ts';
import { type CallingStack, callingStack } from './calling-stack.ts';

// Three campaigns of 2,000 contacts whole, of 200 on every commit.
const CONTACTS = process.env.TEST_FULL ? 2_000 : 200;
// The whole size takes its time on two cores.
const LONGEST_MS = 600_000;
const LINES = 25;
// Who lives at a number is in its last two digits: nobody, busy, cooperative, refuses, wants no more calls, a machine.
const ENDINGS = ['07', '07', '07', '08', '08', '01', '02', '03', '09'];
const FAULTS = {
  latency_ms: 5,
  create_429: 0.04,
  create_500: 0.02,
  create_reset: 0.02,
  accept_then_timeout: 0.01,
  webhook_lost: 0.04,
  webhook_duplicated: 0.1,
  webhook_reordered: 0.1,
  webhook_delayed_ms: 10,
  webhook_wrong_signature: 0.02,
};

const number = (at: number) => `+39333${String(10_000 + at)}${ENDINGS[at % ENDINGS.length]}`;
const numbers = (from: number, count: number) => Array.from({ length: count }, (_, at) => number(from + at));

let stack: CallingStack;
beforeAll(async () => {
  stack = await callingStack({ speed: 60, lines: LINES });
  await stack.faults(FAULTS);
});
afterAll(() => stack.stop());

/** A zone where it is the middle of the night now, whenever the test runs. */
function nightZone(): string {
  const hourIn = (zone: string) =>
    Number(new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: '2-digit', hourCycle: 'h23' }).format());
  return [
    'Europe/Rome',
    'America/New_York',
    'Asia/Tokyo',
    'Pacific/Auckland',
    'America/Los_Angeles',
    'Asia/Kolkata',
  ].find((zone) => hourIn(zone) >= 22 || hourIn(zone) < 6)!;
}

// Longer than a request may take: an older one is not under way any more.
const OLD_MS = 12_000;

/**
 * As if minutes had gone by: who waits for a word is looked after, and who waits for a second call is due. A request that
 * is still under way is left alone: in two minutes it would long be over.
 */
async function letTimePass(): Promise<void> {
  const { ctx, db } = stack.api;
  const ahead = { ...ctx, now: () => new Date(Date.now() + 131_000) };
  const waiting = await db
    .selectFrom('call_attempt')
    .selectAll()
    .where('ended_at', 'is', null)
    .where('dial_commit_at', '<', new Date(Date.now() - OLD_MS))
    .execute();
  for (const attempt of waiting)
    await (attempt.dial_state === 'placed' ? askAboutCall : adoptLostCall)(ahead, attempt);
  await db
    .updateTable('contact')
    .set({ next_attempt_at: new Date() })
    .where('state', '=', 'pending')
    .where('next_attempt_at', '>', new Date())
    .execute();
}

const isAfter = (moment: number) => (ring: Ring) => ring.start_ms > moment;

describe('three schedulers, a carrier that misbehaves, and people who change their minds', () => {
  it('break no promise, by the carrier’s own log', async () => {
    const [one, two] = [
      await stack.campaign(numbers(0, CONTACTS)),
      // Half of the same numbers again: nobody has two telephones ringing at once.
      await stack.campaign(numbers(CONTACTS / 2, CONTACTS)),
    ];
    const asleep = numbers(5 * CONTACTS, CONTACTS);
    const zone = nightZone();
    const rules = { allowed_call_start_local: '09:00', allowed_call_end_local: '20:00' };
    const night = await stack.campaign(asleep, ',time_zone', () => `,${zone}`, { ...CAMPAIGNS.it, ...rules });
    for (let n = 0; n < 3; n += 1) await stack.process('scheduler');
    const { api } = stack;
    // Lost answers hold lines until somebody asks: without that the whole size would come to a stand.
    const rangFor = async (count: number) => {
      await letTimePass();
      return (await stack.rings()).length >= count;
    };

    await waitFor('calls', () => rangFor(CONTACTS / 4), LONGEST_MS);
    const excluded = numbers(0, CONTACTS * 1.5).filter((_, at) => at % 7 === 0);
    const addOne = (phone_number: string) => api.call('manager', 'POST', '/api/exclusions', { phone_number });
    const added = await Promise.all(excluded.map(addOne));
    const excludedAt = Date.now();
    // Some have asked for it on the telephone already.
    expect([200, 201]).toEqual(expect.arrayContaining(added.map(({ status }) => status)));

    await api.call('manager', 'POST', `/api/campaigns/${two}/pause`, {});
    const pausedAt = Date.now();
    const atPause = (await stack.rings()).length;
    await waitFor('calls of the other', () => rangFor(atPause + CONTACTS / 10), LONGEST_MS);
    const resumedAt = Date.now();
    await api.call('manager', 'POST', `/api/campaigns/${two}/resume`, {});

    await waitFor(
      'both campaigns being complete',
      async () => {
        await letTimePass();
        const rows = await api.db
          .selectFrom('campaign')
          .select('status')
          .where('id', 'in', [one, two])
          .execute();
        return rows.every(({ status }) => status === 'completed');
      },
      1_500_000,
    );
    const rings = await stack.rings();
    const to = byNumber(rings);
    for (const [called, calls] of to) {
      const overlaps = calls.filter(
        (call, at) => at > 0 && call.start_ms < (calls[at - 1]?.end_ms ?? Number.POSITIVE_INFINITY),
      );
      expect(overlaps, `two calls at once to ${called}`).toEqual([]);
    }
    expect(mostAtOnce(rings)).toBeLessThanOrEqual(LINES);
    expect(asleep.filter((one) => to.has(one))).toEqual([]);
    const gone = new Set(excluded);
    expect(rings.filter(isAfter(excludedAt)).filter((ring) => gone.has(ring.to))).toEqual([]);
    const onlyTwo = new Set(numbers(CONTACTS, CONTACTS / 2));
    const whilePaused = rings.filter(
      ({ start_ms, to: who }) => onlyTwo.has(who) && start_ms > pausedAt && start_ms < resumedAt,
    );
    expect(whilePaused).toEqual([]);

    const attempts = await api.db.selectFrom('call_attempt').selectAll().execute();
    expect(attempts.filter(({ ended_at, outcome }) => ended_at === null || outcome === null)).toEqual([]);
    const known = attempts.map((attempt) => attempt.provider_call_id).filter((sid) => sid !== null);
    expect(new Set(known).size, 'every call is one attempt’s').toBe(known.length);
    const strangers = rings.filter(({ call_sid }) => !known.includes(call_sid));
    expect(strangers, 'no call that no attempt knows').toEqual([]);
    const counted = await api.db
      .selectFrom('contact')
      .select(['id', 'attempts_count', 'state'])
      .where('campaign_id', 'in', [one, two])
      .execute();
    for (const { id, attempts_count, state } of counted) {
      const own = attempts
        .filter(({ contact_id }) => contact_id === id)
        .map(({ attempt_number }) => attempt_number);
      expect(own.sort()).toEqual(Array.from({ length: attempts_count }, (_, at) => at + 1));
      expect(['completed', 'refused', 'not_reached', 'excluded']).toContain(state);
      expect(attempts_count).toBeLessThanOrEqual(2);
    }
    await api.call('manager', 'POST', `/api/campaigns/${night}/cancel`, {});
  }, 1_800_000);
});
