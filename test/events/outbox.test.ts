import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { appendSurveyEvent, type NewSurveyEvent } from '../../app/events/append-survey-event.ts';
import { relayEvents } from '../../app/events/relay-events.ts';
import { runRelay } from '../../app/events/run-relay.ts';
import type { Bus, BusMessage } from '../../app/infra/messaging/bus.ts';
import { type World, world } from '../calling/world.ts';

let w: World;
let campaign_id: string;
beforeAll(async () => {
  w = await world();
  campaign_id = await w.campaign();
});
afterAll(() => w.close());
beforeEach(async () => {
  await w.db.deleteFrom('event').execute();
});

/** A bus that keeps what it is given; `fail` makes the next hand-over break. */
function memoryBus() {
  const messages: BusMessage[] = [];
  let failures = 0;
  const bus: Bus = {
    publish: async (given) => {
      if (failures > 0) {
        failures -= 1;
        throw new Error('the bus is down');
      }
      messages.push(...given);
      return keys(given);
    },
    consume: async () => {},
    depth: async () => ({ waiting: 0, dead: 0 }),
    redrive: async () => 0,
    prepare: async () => {},
    close: async () => {},
  };
  return {
    bus,
    messages,
    fail: () => {
      failures += 1;
    },
  };
}

async function append(contact_id: string, more: Partial<NewSurveyEvent> = {}): Promise<void> {
  const fact = { event_type: 'survey.refused', outcome: 'refused', attempts_count: 2 } as const;
  const nobody = { call_attempt_id: null, call_id: null, answers: null };
  await w.db
    .transaction()
    .execute((tx) =>
      appendSurveyEvent(tx, { ...fact, ...nobody, campaign_id, contact_id, now: w.ctx.now(), ...more }),
    );
}

const keys = (messages: BusMessage[]) => messages.map((message) => message.key);

it('says what happened once per contact and type, in the words of the contract', async () => {
  const [contact_id] = await w.contacts(campaign_id, 1);
  const answers = [{ question: 1, type: 'scale', answer: '4', confidence: 0.9 }];
  await append(contact_id!);
  await append(contact_id!);
  const timestamp = w.ctx.now().toISOString();
  w.later(1);
  await append(contact_id!, { event_type: 'survey.completed', outcome: 'completed', answers });
  const { bus, messages } = memoryBus();
  await relayEvents({ db: w.db, bus }, { now: w.ctx.now() });
  expect(messages).toHaveLength(1); // the second waits until the first is marked: no other relay can overtake it
  await relayEvents({ db: w.db, bus }, { now: w.ctx.now() });
  expect(messages.map(({ body }) => body)).toEqual([
    {
      event_id: messages[0]?.key,
      event_type: 'survey.refused',
      campaign_id,
      contact_id,
      call_id: null,
      timestamp,
      outcome: 'refused',
      attempts_count: 2,
    },
    expect.objectContaining({ event_type: 'survey.completed', answers }),
  ]);
});

it('is silent about what was rolled back', async () => {
  const [contact_id] = await w.contacts(campaign_id, 1);
  const undone = w.db.transaction().execute(async (tx) => {
    await appendSurveyEvent(tx, {
      event_type: 'survey.refused',
      campaign_id,
      contact_id: contact_id!,
      call_attempt_id: null,
      call_id: null,
      outcome: 'refused',
      attempts_count: 1,
      answers: null,
      now: w.ctx.now(),
    });
    throw new Error('undone');
  });
  await expect(undone).rejects.toThrow('undone');
  const { bus } = memoryBus();
  expect(await relayEvents({ db: w.db, bus }, { now: w.ctx.now() })).toBe(0);
});

it('two relays carry every event, and without a crash each only once', async () => {
  for (const contact_id of await w.contacts(campaign_id, 500)) await append(contact_id);
  const { bus, messages } = memoryBus();
  const drain = async () => {
    while ((await relayEvents({ db: w.db, bus }, { now: w.ctx.now() })) > 0);
  };
  await Promise.all([drain(), drain()]);
  const written = await w.db.selectFrom('event').select('id').orderBy('id').execute();
  expect(keys(messages).toSorted()).toEqual(written.map(({ id }) => id));
});

it('a relay that dies with its batch loses nothing: another sends it when the lease is over', async () => {
  const contacts = await w.contacts(campaign_id, 3);
  for (const contact_id of contacts) await append(contact_id);
  const { bus, messages, fail } = memoryBus();
  fail();
  const relay = () => relayEvents({ db: w.db, bus }, { now: w.ctx.now() });
  await expect(relay()).rejects.toThrow('the bus is down');
  expect(await relay()).toBe(0);
  w.later(60);
  expect(await relay()).toBe(3);
  expect(await relay()).toBe(0);
  expect(new Set(keys(messages)).size).toBe(3);
});

it('the loop hears of an event by notice and ends at the signal', async () => {
  const { bus, messages } = memoryBus();
  const stop = new AbortController();
  const ctx = { queueDb: w.db, pool: w.pool, bus, log: { error: () => {} }, now: w.ctx.now };
  const running = runRelay(ctx, stop.signal);
  for (const contact_id of await w.contacts(campaign_id, 5)) await append(contact_id);
  await expect.poll(() => messages.length).toBe(5);
  stop.abort();
  await running;
});
