import { afterAll, beforeAll, expect, it } from 'vitest';
import { checkHealth } from '../../app/api/http/check-health.ts';
import type { ProviderHealth } from '../../app/calling/telephony/provider.ts';
import type { Context } from '../../app/context.ts';
import { type World, world } from '../calling/world.ts';

let w: World;
let asked = 0;

beforeAll(async () => {
  w = await world();
});
afterAll(() => w.close());

/** As another process would: a context of its own, so that nothing it knows is known here. */
function processWith(health: () => Promise<ProviderHealth>): Context {
  const provider = { ...w.port, health };
  const mailer = { verify: async () => undefined };
  const bus = { depth: async () => ({ waiting: 0, dead: 0 }) };
  return { ...w.ctx, provider: async () => provider, mailer, bus } as unknown as Context;
}

it('says degraded, and why, while the provider is down', async () => {
  const ctx = processWith(async () => ({ ok: false, detail: 'Twilio refuses our credentials (20003)' }));
  expect(await checkHealth(ctx)).toMatchObject({
    status: 'degraded',
    checks: { provider: { ok: false, detail: 'Twilio refuses our credentials (20003)' } },
  });
});

it('asks the provider once, however many probe and in however many contexts', async () => {
  const ctx = processWith(async () => {
    asked += 1;
    return { ok: true };
  });
  const again = { ...ctx };
  for (const one of [ctx, again, ctx, again]) expect(await checkHealth(one)).toMatchObject({ status: 'ok' });
  expect(asked).toBe(1);
});
