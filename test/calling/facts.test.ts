import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { recordCallEvents } from '../../app/calling/record-call-events.ts';
import type { CallEvent } from '../../app/calling/telephony/provider.ts';
import { fact } from './fact.ts';
import { NOON, type World, world } from './world.ts';

let w: World;
beforeAll(async () => {
  w = await world();
});
afterAll(() => w.close());

let serial = 0;

/** A call the provider has just taken. */
async function placedCall() {
  const campaign = await w.campaign();
  const [contact] = await w.contacts(campaign, 1);
  const [call_id] = await w.claim([campaign], 1);
  serial += 1;
  const sid = `CA${serial}`;
  await w.db
    .updateTable('call_attempt')
    .set({ dial_state: 'placed', provider_call_id: sid, dial_commit_at: NOON })
    .where('call_id', '=', call_id!)
    .execute();
  return { campaign, contact: contact!, call_id: call_id!, sid };
}

const record = (...events: CallEvent[]) => recordCallEvents(w.ctx, { provider_name: 'twilio', events });
const eventsOf = (call_id: string) =>
  w.db.selectFrom('call_event').selectAll().where('call_id', '=', call_id).orderBy('id').execute();

const STORIES = {
  busy: ['initiated', 'busy'],
  no_answer: ['initiated', 'ringing', 'no_answer'],
  technical: ['initiated', 'ringing', 'answered', 'human_detected', 'completed'],
  answering_machine: ['initiated', 'ringing', 'answered', 'machine_detected', 'completed'],
} as const;

describe('facts of a call', () => {
  it.each(Object.entries(STORIES))(
    'end as %s in whatever order and however often they come',
    async (disposition, story) => {
      const last = story.at(-1)!;
      const before = story.slice(0, -1);
      const orders = fc.sample(
        fc.tuple(fc.shuffledSubarray([...before, ...before]), fc.boolean()).filter(
          ([order]) =>
            // Machine detection changes what the end means, so it is part of the set of facts in every order.
            order.includes('machine_detected') || !story.includes('machine_detected' as never),
        ),
        { numRuns: 6, seed: 7 },
      );
      for (const [order, twice] of orders) {
        const { call_id, sid, contact } = await placedCall();
        for (const type of [...order, last, ...(twice ? [last] : [])]) {
          await record(fact(type, { sid, call_id }));
        }
        const attempt = await w.attempt(call_id);
        expect(attempt).toMatchObject({ disposition, provider_status: last });
        expect(attempt?.answered_at ?? null).toEqual(order.includes('answered' as never) ? NOON : null);
        expect(await eventsOf(call_id)).toHaveLength(new Set([...order, last]).size);
        expect(await w.contact(contact)).toMatchObject({ state: 'pending', attempts_count: 1 });
      }
    },
  );

  it('after the settlement are kept as anomalies and change nothing; a late answer is hung up', async () => {
    const { call_id, sid, contact } = await placedCall();
    await record(fact('busy', { sid, call_id }));
    const settled = await w.attempt(call_id);
    const after = await w.contact(contact);
    await record(fact('answered', { sid, call_id }), fact('completed', { sid, call_id }));
    expect(await w.attempt(call_id)).toEqual(settled);
    expect(await w.contact(contact)).toEqual(after);
    expect((await eventsOf(call_id)).map(({ is_anomaly }) => is_anomaly)).toEqual([false, true, true]);
    expect(w.hungUp).toContain(sid);
  });

  it('adopt a call whose dial request got no answer, by our own id', async () => {
    const { call_id, sid } = await placedCall();
    await w.db
      .updateTable('call_attempt')
      .set({ dial_state: 'unknown', provider_call_id: null })
      .where('call_id', '=', call_id)
      .execute();
    await record(fact('ringing', { sid, call_id }));
    expect(await w.attempt(call_id)).toMatchObject({ dial_state: 'placed', provider_call_id: sid });
  });

  it('about a second call of one attempt are anomalies, and that call is hung up', async () => {
    const { call_id } = await placedCall();
    await record(fact('answered', { sid: 'CA-another', call_id }));
    expect(await w.attempt(call_id)).toMatchObject({ ended_at: null, answered_at: null });
    expect(w.hungUp).toContain('CA-another');
  });

  it('about nobody’s call are kept, and count once it is known whose they were', async () => {
    const { call_id, sid } = await placedCall();
    const setId = (provider_call_id: string | null) =>
      w.db.updateTable('call_attempt').set({ provider_call_id }).where('call_id', '=', call_id).execute();
    await setId(null);
    await record(fact('no_answer', { sid }));
    expect(await w.attempt(call_id)).toMatchObject({ ended_at: null });
    await setId(sid);
    await record(fact('no_answer', { sid }));
    expect(await w.attempt(call_id)).toMatchObject({ disposition: 'no_answer' });
    await record(fact('ringing', { sid: 'CA-nobody', call_id: 'no uuid' }));
  });

  it('that cannot be stored do not fail the others that wait with them', async () => {
    const calls = await Promise.all([placedCall(), placedCall(), placedCall()]);
    const results = await Promise.allSettled(
      calls.map(({ call_id, sid }, n) =>
        // PostgreSQL keeps no NUL in JSON.
        record(fact('ringing', { sid, call_id, payload: n === 1 ? { odd: '\u0000' } : {} })),
      ),
    );
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    const statuses = await Promise.all(
      calls.map(async ({ call_id }) => (await w.attempt(call_id))?.provider_status),
    );
    expect(statuses).toEqual(['ringing', null, 'ringing']);
  });

  it('settle once when two processes are told the end at the same time', async () => {
    const { call_id, sid, contact, campaign } = await placedCall();
    await w.db.updateTable('campaign').set({ max_attempts: 1 }).where('id', '=', campaign).execute();
    await Promise.all([
      record(fact('no_answer', { sid, call_id })),
      record(fact('busy', { sid, call_id })),
      record(fact('no_answer', { sid, call_id })),
    ]);
    const told = await w.db.selectFrom('event').selectAll().where('contact_id', '=', contact).execute();
    expect(told).toHaveLength(1);
    expect((await eventsOf(call_id)).filter(({ is_anomaly }) => is_anomaly)).toHaveLength(1);
  });
});
