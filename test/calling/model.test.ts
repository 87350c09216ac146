import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { commands } from './model/commands.ts';
import { Carrier, Real } from './model/real.ts';
import { Reference } from './model/reference.ts';
import { NOON, type World, world } from './world.ts';

const RUNS = process.env.TEST_FULL ? 400 : 60;
const PEOPLE = 6;
let w: World;
let carrier = new Carrier();
beforeAll(async () => {
  w = await world({
    placeCall: async (call) => carrier.place(call),
    findCalls: async ({ to }) => carrier.find(to),
    getCall: async (sid) => carrier.get(sid),
  });
  const settings = await w.ctx.settings();
  w.ctx.settings = async () => ({ ...settings, max_concurrent_calls: 3, calls_per_second: 1_000_000 });
});
afterAll(() => w.close());

async function beginning() {
  w.setNow(NOON);
  carrier = new Carrier();
  carrier.now = NOON;
  const campaign = await w.campaign({ call_on_public_holidays: true });
  const ids = await w.contacts(campaign, PEOPLE);
  const contacts = await Promise.all(ids.sort().map((id) => w.contact(id)));
  const people = contacts.map(({ id, phone_number }) => ({
    id,
    phone_number,
    state: 'pending' as const,
    reason: null,
    attempts: 0,
    dueAt: null,
    lastAttemptAt: 0,
    isListed: false,
  }));
  return { model: new Reference(people, NOON.getTime()), real: new Real(w, campaign, carrier), campaign };
}

/** No line and no running campaign stays behind for the next run. */
async function end(campaign: string): Promise<void> {
  const ended = { ended_at: NOON, outcome: 'failed', disposition: 'technical' } as const;
  await w.db.updateTable('call_attempt').set(ended).where('ended_at', 'is', null).execute();
  await w.db.updateTable('campaign').set({ status: 'cancelled' }).where('id', '=', campaign).execute();
}

it('whatever happens in whatever order, the product does what the rules say', async () => {
  let steps = 0;
  await fc.assert(
    fc.asyncProperty(commands, async (many) => {
      const { model, real, campaign } = await beginning();
      try {
        await fc.asyncModelRun(() => ({ model, real }), many);
        steps += [...many].length;
      } finally {
        await end(campaign);
      }
    }),
    { numRuns: RUNS },
  );
  expect(steps).toBeGreaterThan(RUNS);
}, 600_000);
