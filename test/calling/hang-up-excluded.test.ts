import { afterAll, beforeAll, expect, it } from 'vitest';
import { hangUpExcluded } from '../../app/calling/hang-up-excluded.ts';
import { placeCall } from '../../app/calling/place-call.ts';
import { runExclusionWatch } from '../../app/calling/run-exclusion-watch.ts';
import { excludeNumber } from '../../app/contacts/exclusions/exclude-number.ts';
import type { ExclusionSource } from '../../app/infra/db/tables.ts';
import { waitFor } from '../support/wait-for.ts';
import { type World, world } from './world.ts';

let w: World;
beforeAll(async () => {
  w = await world({
    placeCall: async ({ metadata }) => ({ kind: 'placed', provider_call_id: `CA-${metadata.call_id}` }),
  });
});
afterAll(() => w.close());

async function liveCall() {
  const campaign = await w.campaign();
  const [contact] = await w.contacts(campaign, 1);
  const [call_id] = await w.claim([campaign], 1);
  await placeCall(w.ctx, { call_id: call_id! });
  const { phone_number } = await w.contact(contact!);
  return { campaign, phone_number, sid: `CA-${call_id}` };
}
const exclude = (phone_number: string, campaign_id: string | null, source: ExclusionSource = 'manual') =>
  w.db.transaction().execute((tx) => {
    const phone_hash = w.ctx.phoneHash(phone_number);
    return excludeNumber(tx, {
      phone_number,
      phone_hash,
      campaign_id,
      reason: null,
      source,
      now: w.ctx.now(),
    });
  });

it('a live call to a number that is excluded meanwhile is hung up; the others go on', async () => {
  const [gone, other, elsewhere] = [await liveCall(), await liveCall(), await liveCall()];
  await exclude(gone.phone_number, null);
  await exclude(elsewhere.phone_number, other.campaign);
  expect(await hangUpExcluded(w.ctx)).toBe(1);
  expect(w.hungUp).toEqual([gone.sid]);
  await exclude(elsewhere.phone_number, elsewhere.campaign);
  await hangUpExcluded(w.ctx);
  expect(w.hungUp).toContain(elsewhere.sid);
  expect(w.hungUp).not.toContain(other.sid);
});

it('one whose respondent asked for it says goodbye first', async () => {
  const { phone_number, sid } = await liveCall();
  await exclude(phone_number, null, 'call');
  await hangUpExcluded(w.ctx);
  expect(w.hungUp).not.toContain(sid);
});

it('the watch is woken by the entry itself', async () => {
  const { phone_number, sid } = await liveCall();
  const stopping = new AbortController();
  const running = runExclusionWatch(w.ctx, stopping.signal);
  await exclude(phone_number, null);
  await waitFor('the hang-up', () => w.hungUp.includes(sid), 5_000);
  stopping.abort();
  await running;
});
