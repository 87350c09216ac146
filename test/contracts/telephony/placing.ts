import { describe, expect, it } from 'vitest';
import { newId } from '../../../app/infra/db/id.ts';
import type { AdapterUnderTest } from './adapter-under-test.ts';
import { html, nothing, type WireFault } from './wire.ts';

/** A placement as the core makes it; a number of its own each time, that ends as the given one does. */
let serial = 0;
export function placement(adapter: AdapterUnderTest, number = adapter.numbers.busy) {
  serial += 1;
  const to = `${number.slice(0, -7)}${String(10_000 + serial)}${number.slice(-2)}`;
  return {
    to,
    from: adapter.from,
    callback_url: 'http://localhost:3000/webhooks/telephony/events',
    language: 'it' as const,
    metadata: { call_id: newId(), campaign_id: newId(), contact_id: newId() },
    ring_timeout_seconds: 23,
    time_limit_seconds: 241,
  };
}

export function placing(adapterOf: () => AdapterUnderTest): void {
  const place = async (fault: WireFault | null, call = placement(adapterOf())) => {
    const adapter = adapterOf();
    const before = adapter.wire.exchanges.length;
    adapter.wire.fault = fault;
    const result = await adapter.provider.placeCall(call);
    adapter.wire.fault = null;
    const posts = adapter.wire.exchanges.slice(before).filter(({ request }) => adapter.isPlacement(request));
    return { call, result, posts: posts.map(({ request }) => request), rang: await adapter.rang(call.to) };
  };

  describe('a placement', () => {
    it('that is taken answers with the vendor’s id of the call that rang', async () => {
      const { result, rang, posts } = await place(null);
      expect(rang).toHaveLength(1);
      expect(result).toEqual({ kind: 'placed', provider_call_id: rang[0] });
      expect(posts).toHaveLength(1);
    });

    it('passes on numbers, ring time-out and time limit; detects machines; records nothing', async () => {
      const { call, posts } = await place(null);
      expect(adapterOf().readPlacement(posts[0]!)).toMatchObject({
        to: call.to,
        from: call.from,
        ring_timeout_seconds: 23,
        time_limit_seconds: 241,
        records: false,
        detects_machines: adapterOf().provider.capabilities.machine_detection,
      });
    });

    it('carries our ids, call_id first where they ride on the address', async () => {
      const { call, posts } = await place(null);
      const { callback_url } = adapterOf().readPlacement(posts[0]!);
      if (adapterOf().provider.capabilities.metadata === 'callback_url') {
        const ids = [...new URL(callback_url).searchParams];
        expect(ids[0]).toEqual(['call_id', call.metadata.call_id]);
        expect(Object.fromEntries(ids)).toEqual(call.metadata);
      }
      expect(callback_url.startsWith(call.callback_url)).toBe(true);
    });

    it.each<[string, () => WireFault]>([
      ['a throttling refusal', () => ({ when: 'before', what: adapterOf().refusal('throttled') })],
      ['a passing refusal', () => ({ when: 'before', what: adapterOf().refusal('transient') })],
    ])('met by %s was not placed and may be repeated later', async (_name, fault) => {
      const { result, posts } = await place(fault());
      expect(result).toMatchObject({ kind: 'not_placed' });
      expect(posts).toHaveLength(1);
    });

    it('that cannot be connected was not placed', async () => {
      const result = await adapterOf().variants.unreachable.placeCall(placement(adapterOf()));
      expect(result).toMatchObject({ kind: 'not_placed', error_code: 'ECONNREFUSED' });
    });

    it.each(['invalid_number', 'blocked', 'configuration', 'account'] as const)(
      'refused as %s says so, and quotes nobody’s number',
      async (failure) => {
        const { result, posts } = await place({ when: 'before', what: adapterOf().refusal(failure) });
        expect(result).toMatchObject({ kind: 'rejected', failure });
        expect(JSON.stringify(result)).not.toMatch(/\d{9}/);
        expect(posts).toHaveLength(1);
      },
    );

    it('with wrong credentials is refused for the account, and nothing rings', async () => {
      const call = placement(adapterOf());
      const result = await adapterOf().variants.wrong_credentials.placeCall(call);
      expect(result).toMatchObject({ kind: 'rejected', failure: 'account' });
      expect(await adapterOf().rang(call.to)).toEqual([]);
    });

    it.each([403, 404])('met by a proxy’s HTML %s blames no number and no campaign', async (status) => {
      const { result } = await place({ when: 'before', what: html(status) });
      expect(result).toMatchObject({ kind: 'rejected', failure: 'account' });
    });

    it.each<[string, () => WireFault, number]>([
      ['a reset before it arrived', () => ({ when: 'before', what: 'reset' }), 0],
      ['a reset after it was taken', () => ({ when: 'after', what: 'reset' }), 1],
      ['silence after it was taken', () => ({ when: 'after', what: 'silent' }), 1],
      ['silence, not taken', () => ({ when: 'before', what: 'silent' }), 0],
      ['a 500 of the vendor', () => ({ when: 'before', what: adapterOf().serverError }), 0],
      ['a 500 though it was taken', () => ({ when: 'after', what: adapterOf().serverError }), 1],
      ['a 502 in HTML', () => ({ when: 'before', what: html(502) }), 0],
      ['a 504 in HTML though it was taken', () => ({ when: 'after', what: html(504) }), 1],
      ['a success in HTML', () => ({ when: 'after', what: html(201) }), 1],
      ['a success without a body', () => ({ when: 'after', what: nothing(201) }), 1],
      ['a success that names no call', () => ({ when: 'after', what: { ...nothing(201), body: '{}' } }), 1],
    ])('met by %s is unknown, and posted once', async (_name, fault, ringing) => {
      const { result, posts, rang } = await place(fault());
      expect(result).toMatchObject({ kind: 'unknown' });
      expect(posts).toHaveLength(1);
      expect(rang).toHaveLength(ringing);
    });

    it('whose answer was lost is found by its number and moment', async () => {
      const created_after = new Date(Date.now() - 5_000);
      const { call, rang } = await place({ when: 'after', what: 'reset' });
      const created_before = new Date(Date.now() + 30_000);
      const search = { to: call.to, from: call.from, created_after, created_before };
      const found = await adapterOf().provider.findCalls(search);
      expect(found.map(({ provider_call_id }) => provider_call_id)).toEqual(rang);
    });
  });
}
