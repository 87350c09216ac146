import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { newId } from '../../app/infra/db/id.ts';
import type { Bus } from '../../app/infra/messaging/bus.ts';
import { postgresBus } from '../../app/infra/messaging/postgres-bus.ts';
import { testDatabase } from '../support/database.ts';

const TOPIC = 'survey-events';
const NOON = new Date('2026-11-25T12:00:00Z');
const at = (seconds: number) => new Date(NOON.getTime() + seconds * 1_000);

let database: Awaited<ReturnType<typeof testDatabase>>;
let bus: Bus;
beforeAll(async () => {
  database = await testDatabase();
  bus = postgresBus(database.db);
});
afterAll(() => database.close());
beforeEach(async () => {
  await database.db.deleteFrom('bus_message').execute();
});

const messages = (count: number) =>
  Array.from({ length: count }, (_, number) => ({ key: newId(), body: { number } }));

it('delivers in order and hides what was received until its time is over', async () => {
  const sent = messages(3);
  await bus.publish(TOPIC, sent, NOON);
  const first = await bus.receive(TOPIC, 2, 60, NOON);
  expect(first.map(({ key, body }) => ({ key, body }))).toEqual(sent.slice(0, 2));
  expect((await bus.receive(TOPIC, 10, 60, NOON)).map(({ key }) => key)).toEqual([sent[2]!.key]);
  expect(await bus.receive(TOPIC, 10, 60, at(59))).toEqual([]);
  expect(await bus.receive(TOPIC, 10, 60, at(60))).toHaveLength(3);
});

it('forgets what was acknowledged, and keeps topics apart', async () => {
  await bus.publish(TOPIC, messages(2), NOON);
  await bus.publish('another', messages(1), NOON);
  const received = await bus.receive(TOPIC, 10, 60, NOON);
  await bus.acknowledge(
    TOPIC,
    received.map(({ id }) => id),
  );
  expect(await bus.receive(TOPIC, 10, 60, at(600))).toEqual([]);
  expect(await bus.receive('another', 10, 60, NOON)).toHaveLength(1);
});

it('keeps for a person what five deliveries did not settle, and delivers it no more', async () => {
  await bus.publish(TOPIC, messages(1), NOON);
  for (let time = 1; time <= 5; time += 1) {
    const [received] = await bus.receive(TOPIC, 1, 60, at(time * 60));
    expect(received?.receive_count).toBe(time);
  }
  expect(await bus.receive(TOPIC, 1, 60, at(86_400))).toEqual([]);
  expect(await database.db.selectFrom('bus_message').select('message_key').execute()).toHaveLength(1);
});

it('gives a message to one of many receivers at a time', async () => {
  const sent = messages(200);
  await bus.publish(TOPIC, sent, NOON);
  const takes = await Promise.all(Array.from({ length: 8 }, () => bus.receive(TOPIC, 25, 60, NOON)));
  const rest = await bus.receive(TOPIC, 200, 60, NOON);
  const taken = [...takes.flat(), ...rest].map(({ key }) => key);
  expect(taken.toSorted()).toEqual(sent.map(({ key }) => key).toSorted());
});
