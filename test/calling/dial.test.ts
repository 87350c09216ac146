import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { placeCall } from '../../app/calling/place-call.ts';
import { reconcileCalls } from '../../app/calling/reconcile-calls.ts';
import { tick } from '../../app/calling/scheduler/tick.ts';
import type {
  CallEvent,
  FoundCall,
  PlaceCall,
  PlaceCallResult,
} from '../../app/calling/telephony/provider.ts';
import { excludeNumber } from '../../app/contacts/exclusions/exclude-number.ts';
import { fact } from './fact.ts';
import { NOON, OUTBOUND, type World, world } from './world.ts';

let w: World;
let posts: PlaceCall[] = [];
let answer: (call: PlaceCall) => PlaceCallResult | Promise<PlaceCallResult>;
let found: (to: string) => FoundCall[];
let known: (sid: string) => CallEvent[] | null;

beforeAll(async () => {
  w = await world({
    placeCall: async (call) => {
      posts.push(call);
      return answer(call);
    },
    findCalls: async ({ to }) => found(to),
    getCall: async (sid) => known(sid),
  });
});
afterAll(() => w.close());
beforeEach(() => {
  posts = [];
  w.setNow(NOON);
  answer = ({ metadata: { call_id } }) => ({ kind: 'placed', provider_call_id: `CA-${call_id}` });
  found = () => [];
  known = () => null;
});

async function claimed() {
  const campaign = await w.campaign();
  const [contact] = await w.contacts(campaign, 1);
  const [call_id] = await w.claim([campaign], 1);
  return { campaign, contact: contact!, call_id: call_id! };
}
const campaignOf = (id: string) =>
  w.db.selectFrom('campaign').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
const setCampaign = (id: string, set: Record<string, unknown>) =>
  w.db.updateTable('campaign').set(set).where('id', '=', id).execute();

describe('the dial', () => {
  it('commits, then asks the provider, once however many ask for it', async () => {
    const { call_id } = await claimed();
    answer = async (call) => {
      // Whoever looks now sees the commit: the request is not part of a transaction.
      expect(await w.attempt(call.metadata.call_id)).toMatchObject({
        dial_state: 'dialing',
        dial_commit_at: NOON,
      });
      return { kind: 'placed', provider_call_id: 'CA-once' };
    };
    const results = await Promise.all([1, 2, 3].map(() => placeCall(w.ctx, { call_id })));
    expect(results.sort()).toEqual(['gone', 'gone', 'placed']);
    expect(posts).toHaveLength(1);
    expect(posts[0]).toMatchObject({ from: OUTBOUND, ring_timeout_seconds: 25, time_limit_seconds: 300 });
    expect(await w.attempt(call_id)).toMatchObject({ dial_state: 'placed', provider_call_id: 'CA-once' });
  });

  it.each<[string, (it: { campaign: string; contact: string }) => Promise<unknown>, string]>([
    ['paused', ({ campaign }) => setCampaign(campaign, { status: 'paused' }), 'pending'],
    ['cancelled', ({ campaign }) => setCampaign(campaign, { status: 'cancelled' }), 'pending'],
    ['closed by now', async () => w.setNow(new Date('2026-11-25T19:30:00Z')), 'pending'],
    [
      'excluded',
      async ({ contact }) => {
        const { phone_number } = await w.contact(contact);
        const phone_hash = w.ctx.phoneHash(phone_number);
        const entry = { phone_number, phone_hash, campaign_id: null, reason: null, now: NOON };
        await w.db.transaction().execute((tx) => excludeNumber(tx, { ...entry, source: 'manual' }));
      },
      'excluded',
    ],
  ])('takes the claim back when it is %s, as if there had been none', async (_why, happens, state) => {
    const at = await claimed();
    await happens(at);
    expect(await placeCall(w.ctx, { call_id: at.call_id })).toBe('withdrawn');
    expect(posts).toEqual([]);
    expect(await w.attempt(at.call_id)).toBeUndefined();
    expect(await w.contact(at.contact)).toMatchObject({ state, attempts_count: 0, last_attempt_at: null });
  });

  it('dials the same attempt again after a back-off when it was not placed', async () => {
    const { call_id, contact } = await claimed();
    answer = () => ({ kind: 'not_placed', retry_after_ms: 2_000, error_code: '20429' });
    await placeCall(w.ctx, { call_id });
    expect(await w.attempt(call_id)).toMatchObject({
      dial_state: 'reserved',
      dial_commit_at: null,
      dial_tries: 1,
    });
    expect(await placeCall(w.ctx, { call_id })).toBe('gone');
    w.later(10);
    answer = () => ({ kind: 'placed', provider_call_id: 'CA-second-try' });
    expect(await tick(w.ctx, { room: 5 })).toContain(call_id);
    await placeCall(w.ctx, { call_id });
    expect(posts).toHaveLength(2);
    expect(await w.attempt(call_id)).toMatchObject({ provider_call_id: 'CA-second-try', error_code: null });
    expect(await w.contact(contact)).toMatchObject({ attempts_count: 1 });
  });

  it.each([
    ['invalid_number', 'not_reached', 'invalid_number'],
    ['blocked', 'pending', 'blocked'],
  ] as const)('ends the attempt when the number is refused as %s', async (failure, state, disposition) => {
    const { call_id, contact } = await claimed();
    answer = () => ({ kind: 'rejected', failure, error_code: '21211', detail: 'd' });
    await placeCall(w.ctx, { call_id });
    expect(await w.attempt(call_id)).toMatchObject({ disposition, error_code: '21211' });
    expect(await w.contact(contact)).toMatchObject({ state, attempts_count: 1 });
  });

  it('pauses the campaign when its set-up is refused, and costs nobody an attempt', async () => {
    const { call_id, contact, campaign } = await claimed();
    answer = () => ({
      kind: 'rejected',
      failure: 'configuration',
      error_code: '21215',
      detail: 'no geo permission',
    });
    await placeCall(w.ctx, { call_id });
    expect(await campaignOf(campaign)).toMatchObject({
      status: 'paused',
      status_reason: 'no geo permission',
    });
    expect(await w.contact(contact)).toMatchObject({ state: 'pending', attempts_count: 0 });
  });

  it('stops every scheduler for a minute when the account is refused', async () => {
    const { call_id } = await claimed();
    answer = () => ({ kind: 'rejected', failure: 'account', error_code: '20003', detail: 'Authenticate' });
    await placeCall(w.ctx, { call_id });
    w.later(59);
    expect(await tick(w.ctx, { room: 5 })).toEqual([]);
    w.later(2);
    expect((await tick(w.ctx, { room: 5 })).length).toBeGreaterThan(0);
  });
});

describe('a dial whose answer was lost', () => {
  async function lost() {
    const at = await claimed();
    answer = () => ({ kind: 'unknown', error_code: 'ECONNRESET' });
    await placeCall(w.ctx, { call_id: at.call_id });
    return at;
  }

  it('is never sent again', async () => {
    const { call_id } = await lost();
    expect(await w.attempt(call_id)).toMatchObject({ dial_state: 'unknown' });
    w.later(60);
    expect(await tick(w.ctx, { room: 50 })).not.toContain(call_id);
    expect(await placeCall(w.ctx, { call_id })).toBe('gone');
    expect(posts).toHaveLength(1);
  });

  it('is found at the provider by number and time, and goes on as the same attempt', async () => {
    const { call_id } = await lost();
    const { phone_number } = (await w.attempt(call_id))!;
    found = (to) => (to === phone_number ? [{ provider_call_id: 'CA-found', created_at: NOON }] : []);
    known = (sid) => [fact('ringing', { sid })];
    w.later(29);
    await reconcileCalls(w.ctx);
    expect(await w.attempt(call_id)).toMatchObject({ dial_state: 'unknown' });
    w.later(2);
    await reconcileCalls(w.ctx);
    expect(await w.attempt(call_id)).toMatchObject({
      dial_state: 'placed',
      provider_call_id: 'CA-found',
      provider_status: 'ringing',
    });
  });

  it('ends as dial_unknown when the provider knows no such call, at ring time-out + 120 s', async () => {
    const { call_id } = await lost();
    w.later(140);
    await reconcileCalls(w.ctx);
    expect(await w.attempt(call_id)).toMatchObject({ ended_at: null });
    w.later(35);
    await reconcileCalls(w.ctx);
    expect(await w.attempt(call_id)).toMatchObject({ disposition: 'dial_unknown', outcome: 'failed' });
  });

  it('waits for the time limit too while nobody can be asked', async () => {
    const { call_id } = await lost();
    found = () => {
      throw new Error('unreachable');
    };
    w.later(200);
    await reconcileCalls(w.ctx);
    expect(await w.attempt(call_id)).toMatchObject({ ended_at: null });
    w.later(246);
    await reconcileCalls(w.ctx);
    expect(await w.attempt(call_id)).toMatchObject({ disposition: 'dial_unknown' });
  });

  it('is what becomes of a dial whose process died between commit and answer', async () => {
    const { call_id } = await claimed();
    await w.db
      .updateTable('call_attempt')
      .set({ dial_state: 'dialing', dial_commit_at: NOON, ring_timeout_seconds: 25, time_limit_seconds: 300 })
      .where('call_id', '=', call_id)
      .execute();
    w.later(31);
    await reconcileCalls(w.ctx);
    expect(await w.attempt(call_id)).toMatchObject({ dial_state: 'unknown', error_code: 'process_lost' });
  });
});

describe('a call of which nothing is heard', () => {
  it('is asked about after the ringing, and settled by what the provider says', async () => {
    const { call_id } = await claimed();
    await placeCall(w.ctx, { call_id });
    known = (sid) => [fact('no_answer', { sid })];
    w.later(39);
    await reconcileCalls(w.ctx);
    expect(await w.attempt(call_id)).toMatchObject({ ended_at: null });
    w.later(2);
    await reconcileCalls(w.ctx);
    expect(await w.attempt(call_id)).toMatchObject({ disposition: 'no_answer' });
  });

  it('is hung up and ended beyond every limit', async () => {
    const { call_id } = await claimed();
    await placeCall(w.ctx, { call_id });
    known = (sid) => [fact('answered', { sid })];
    w.later(446);
    await reconcileCalls(w.ctx);
    expect(w.hungUp).toContain(`CA-${call_id}`);
    expect(await w.attempt(call_id)).toMatchObject({ disposition: 'technical' });
  });
});
