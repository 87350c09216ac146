import { randomUUID } from 'node:crypto';
import { startFauxqs } from 'fauxqs';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { sqsBus } from '../../../app/infra/messaging/sqs-bus.ts';
import { busContract } from './bus-contract.ts';

let server: Awaited<ReturnType<typeof startFauxqs>>;
beforeAll(async () => {
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'test');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'test');
  vi.stubEnv('AWS_REGION', 'us-east-1');
  server = await startFauxqs({ port: 0, logger: false });
});
afterAll(() => server.stop());

const optionsFor = (name: string) => ({
  queue_url: `${server.address}/000000000000/${name}`,
  base_url: server.address,
  timeoutMs: 5_000,
  visibility_seconds: 1,
  schema_version: '1',
  log: { error: () => {} },
});

async function open(suffix: string) {
  const options = optionsFor(`events-${randomUUID()}${suffix}`);
  const bus = sqsBus(options);
  await bus.prepare();
  const another = sqsBus(options);
  return {
    bus,
    another,
    close: async () => {
      await bus.close();
      await another.close();
    },
  };
}

busContract('the bus on SQS, standard', { keepsOrder: false, countsDead: false, open: () => open('') });
busContract('the bus on SQS, FIFO', { keepsOrder: true, countsDead: false, open: () => open('.fifo') });

it('a FIFO queue drops the repeat that a relay sends after a crash', async () => {
  const { bus, close } = await open('.fifo');
  const message = { key: randomUUID(), group: 'a contact', body: {} };
  await bus.publish([message]);
  await bus.publish([message]);
  expect(await bus.depth()).toEqual({ waiting: 1, dead: null });
  await close();
});

it('a queue without dead letters is not healthy, and preparing it twice mends it', async () => {
  const options = optionsFor('bare');
  server.createQueue('bare');
  const bus = sqsBus(options);
  await expect(bus.depth()).rejects.toThrow('no dead-letter queue');
  await bus.prepare();
  await bus.prepare();
  expect(await bus.depth()).toEqual({ waiting: 0, dead: null });
  await bus.close();
});
