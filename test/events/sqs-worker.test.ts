import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { startFauxqs } from 'fauxqs';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { type MailStack, mailStack } from '../faults/mail-stack.ts';
import { waitFor } from '../support/wait-for.ts';

const ROOT = path.join(import.meta.dirname, '../..');
const run = promisify(execFile);

let queue: Awaited<ReturnType<typeof startFauxqs>>;
let stack: MailStack;
beforeAll(async () => {
  const chain = { AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test', AWS_REGION: 'us-east-1' };
  for (const [name, value] of Object.entries(chain)) vi.stubEnv(name, value);
  queue = await startFauxqs({ port: 0, logger: false });
  stack = await mailStack({
    ...chain,
    BUS: 'sqs',
    SQS_QUEUE_URL: `${queue.address}/000000000000/survey-events.fifo`,
    AWS_ENDPOINT_URL_SQS: queue.address,
    SQS_VISIBILITY_SECONDS: '2',
  });
});
afterAll(async () => {
  await stack.stop();
  await queue.stop();
});

const health = async () =>
  (await (await fetch(`${stack.api.origin}/health/ready`)).json()) as {
    status: string;
    checks: { bus: { ok: boolean; detail?: string } };
  };
const command = (name: string) =>
  run(process.execPath, ['app/main.ts', name], {
    cwd: ROOT,
    env: { PATH: process.env.PATH, ...stack.api.env },
  });

it('processes on SQS: queues are made by a command, events become letters, a killed worker loses none', async () => {
  expect((await health()).checks.bus.ok).toBe(false);
  expect((await command('queues')).stdout).toContain('has what it needs');
  await waitFor('a healthy bus', async () => (await health()).checks.bus.ok);

  const first = await stack.worker();
  await stack.happen(40);
  await waitFor('the first letters', () => stack.office.accepted.length > 5);
  await stack.kill(first);
  await stack.expireLeases();
  const second = await stack.worker();
  await waitFor('the end of every letter', async () => {
    const { nothing = 0, pending = 0, sending = 0 } = await stack.fates();
    return nothing + pending + sending === 0;
  });
  const { sent = 0, unknown = 0 } = await stack.fates();
  expect(sent + unknown).toBe(40);
  const ids = stack.office.accepted.map(({ messageId }) => messageId);
  expect(new Set(ids).size).toBe(ids.length);
  expect(await stack.db.selectFrom('bus_message').selectAll().execute()).toEqual([]);
  await waitFor('an empty queue', async () => (await stack.api.ctx.bus.depth()).waiting === 0);

  // SIGTERM breaks off the long poll: the process ends at once, not after twenty seconds.
  second.kill('SIGTERM');
  await waitFor('the end of the process', () => second.exitCode !== null, 15_000);
  expect(second.exitCode).toBe(0);
  expect((await command('redrive')).stdout).toContain('sent round again: 0');
}, 120_000);
