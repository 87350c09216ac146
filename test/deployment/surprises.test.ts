import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Deployed, deployed } from './deployed.ts';

const PRELOAD = path.join(import.meta.dirname, 'throw-on-signal.mjs');

let product: Deployed;
beforeAll(async () => {
  product = await deployed({ speed: 10 });
});
afterAll(() => product.stop());

describe.each(['api', 'scheduler', 'worker', 'all'])('%s', (name) => {
  it.each([
    ['rejection', 'unhandledRejection', 'a promise nobody awaits'],
    ['exception', 'uncaughtException', 'an exception nobody catches'],
  ])('ends with a reason and no zombie after an unhandled %s', async (MISTAKE, event, message) => {
    const running = await product.start(name, { NODE_OPTIONS: `--import=${PRELOAD}`, MISTAKE });
    running.child.kill('SIGUSR2');
    expect(await running.ended).toBe(1);
    const last = JSON.parse(running.output().trim().split('\n').at(-1) ?? '{}');
    expect(last).toMatchObject({
      level: 60,
      event,
      msg: 'ended by an error that nobody handled',
      err: { name: 'Error', message, stack: expect.stringContaining('throw-on-signal') },
    });
  });
});
