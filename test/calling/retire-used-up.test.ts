import { afterAll, beforeAll, expect, it } from 'vitest';
import { retireUsedUp } from '../../app/calling/scheduler/retire-used-up.ts';
import { NOON, type World, world } from './world.ts';

let w: World;
beforeAll(async () => {
  w = await world();
});
afterAll(() => w.close());

it('ends those whose campaign allows no more attempts than they had, with their event, once', async () => {
  const campaign = await w.campaign({ max_attempts: 3 });
  const [waiting, fresh] = await w.contacts(campaign, 2);
  await w.db
    .updateTable('contact')
    .set({ attempts_count: 2, last_outcome: 'busy', next_attempt_at: NOON })
    .where('id', '=', waiting!)
    .execute();
  expect(await retireUsedUp(w.db, NOON)).toBe(0);
  await w.db.updateTable('campaign').set({ max_attempts: 2 }).where('id', '=', campaign).execute();
  expect(await Promise.all([retireUsedUp(w.db, NOON), retireUsedUp(w.db, NOON)])).toContain(1);
  expect(await retireUsedUp(w.db, NOON)).toBe(0);
  expect(await w.contact(waiting!)).toMatchObject({
    state: 'not_reached',
    not_reached_reason: 'attempts_used_up',
  });
  expect(await w.contact(fresh!)).toMatchObject({ state: 'pending' });
  const events = await w.db
    .selectFrom('event')
    .select('payload')
    .where('contact_id', '=', waiting!)
    .execute();
  expect(events).toMatchObject([
    { payload: { event_type: 'survey.not_reached', outcome: 'busy', attempts_count: 2, call_id: null } },
  ]);
});
