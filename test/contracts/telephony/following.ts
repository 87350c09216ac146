import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CallEvent, TelephonyProvider } from '../../../app/calling/telephony/provider.ts';
import { newId } from '../../../app/infra/db/id.ts';
import type { Forgery, VendorUnderTest } from './vendor-under-test.ts';

/** What comes after the dial: facts, and the ways to ask and to act. */
export function followingConformance(start: () => Promise<VendorUnderTest>): void {
  let vendor: VendorUnderTest;
  let provider: TelephonyProvider;
  beforeAll(async () => {
    vendor = await start();
    provider = vendor.provider();
  });
  afterAll(() => vendor.stop());

  async function placed(to: string, call_id = newId()): Promise<string> {
    const result = await provider.placeCall({
      to,
      from: vendor.from,
      callback_url: vendor.callback_url,
      language: 'en',
      metadata: { call_id, campaign_id: newId(), contact_id: newId() },
      ring_timeout_seconds: 20,
      time_limit_seconds: 120,
    });
    if (result.kind !== 'placed') throw new Error(`the call was ${result.kind}`);
    return result.provider_call_id;
  }
  const NOW = new Date('2026-11-25T11:00:00Z');
  const read = (request: Parameters<TelephonyProvider['parseWebhook']>[0]) =>
    provider.parseWebhook(request, NOW);
  const factsOf = (id: string): CallEvent[] => vendor.received(id).flatMap(read);

  describe('the facts of a call', () => {
    it.each([
      ['busy', 'busy', null],
      ['nobody', 'no_answer', null],
      ['answers', 'completed', null],
      ['nowhere', 'failed', 'invalid_number'],
    ] as const)('to %s end in %s', async (who, type, kind) => {
      const id = await placed(vendor.number(who));
      await vendor.ended(id);
      const last = factsOf(id).at(-1);
      expect(last?.type).toBe(type);
      expect(last?.error?.kind ?? null).toBe(kind);
    });

    it('say that it was answered before they say that it is over', async () => {
      const id = await placed(vendor.number('answers'));
      await vendor.ended(id);
      const types = factsOf(id).map(({ type }) => type);
      expect(types.indexOf('answered')).toBeGreaterThanOrEqual(0);
      expect(types.indexOf('answered')).toBeLessThan(types.indexOf('completed'));
    });

    it('are signed, each of them, and bring our id back', async () => {
      const call_id = newId();
      const id = await placed(vendor.number('busy'), call_id);
      await vendor.ended(id);
      expect(vendor.received(id).length).toBeGreaterThan(1);
      for (const request of vendor.received(id)) expect(provider.verifyWebhook(request)).toBe(true);
      for (const fact of factsOf(id)) expect(fact).toMatchObject({ call_id, provider_call_id: id });
    });

    it('have a key each, the same when they are told again', async () => {
      const id = await placed(vendor.number('busy'));
      await vendor.ended(id);
      const keys = factsOf(id).map((one) => one.provider_event_key);
      expect(new Set(keys).size).toBe(keys.length);
      expect(factsOf(id).map((one) => one.provider_event_key)).toEqual(keys);
    });

    it('are the same when they are asked for as when they are told', async () => {
      const id = await placed(vendor.number('busy'));
      await vendor.ended(id);
      const asked = (await provider.getCall(id)) ?? [];
      expect(asked.length).toBeGreaterThan(0);
      const told = factsOf(id).map((one) => one.provider_event_key);
      expect(told).toEqual(expect.arrayContaining(asked.map((one) => one.provider_event_key)));
    });

    it('show nobody’s number', async () => {
      const to = vendor.number('busy');
      const id = await placed(to);
      await vendor.ended(id);
      expect(JSON.stringify(factsOf(id))).not.toContain(to.slice(1));
    });
  });

  describe('a webhook', () => {
    const told = { provider_call_id: 'CA-told', call_id: newId() };

    it('of the vendor is believed', () => {
      expect(provider.verifyWebhook(vendor.webhook(told))).toBe(true);
    });

    it.each<Forgery>([
      'unsigned',
      'signed with nonsense',
      'signed by a stranger',
      'changed after',
      'other address',
    ])('%s is not', (forgery) => {
      expect(provider.verifyWebhook(vendor.webhook(told, forgery))).toBe(false);
    });

    it('is believed by nobody who has no secret', () => {
      const unset = vendor.provider({ secret: '' });
      for (const forgery of ['none', 'unsigned', 'signed by a stranger'] as const)
        expect(unset.verifyWebhook(vendor.webhook(told, forgery))).toBe(false);
    });

    it('with a status that nobody knows is a fact of no consequence', () => {
      expect(read(vendor.webhook({ ...told, status: 'brand-new' }))).toMatchObject([{ type: 'other' }]);
    });

    it('of a call that is not ours names no id of ours', () => {
      expect(read(vendor.webhook({ provider_call_id: 'CA-foreign' }))[0]?.call_id ?? null).toBeNull();
    });

    it('happened when the vendor says, however its clock goes', () => {
      const occurred_at = new Date('2026-11-25T10:20:00Z');
      expect(read(vendor.webhook({ ...told, occurred_at }))).toMatchObject([{ occurred_at }]);
    });

    it('without a time happened when it came', () => {
      expect(read(vendor.webhook(told))).toMatchObject([{ occurred_at: NOW }]);
    });

    it.each([
      ['nothing', ''],
      ['nonsense', '%%%&=&=&'],
      ['another format', '{"a":1}'],
      ['a long one', `a=${'x'.repeat(60_000)}`],
    ])('of %s is no fact, and no crash', (_what, body) => {
      const request = { ...vendor.webhook(told), body: Buffer.from(body) };
      expect(provider.verifyWebhook(request)).toBe(false);
      expect(read(request)).toEqual([]);
    });
  });

  describe('hanging up', () => {
    it('ends a live call, and twice is as good as once', async () => {
      const id = await placed(vendor.number('nobody'));
      expect(await provider.hangUp(id)).toBe('done');
      await vendor.ended(id);
      expect(await provider.hangUp(id)).toBe('already_ended');
    });

    it('of a call that nobody knows is done', async () => {
      expect(await provider.hangUp('CA00000000000000000000000000000000')).toBe('already_ended');
    });

    it('of a vendor that cannot be reached is no success', async () => {
      await expect(vendor.provider({ address: 'http://127.0.0.1:9' }).hangUp('CA1')).rejects.toThrow();
    });
  });

  describe('asking', () => {
    it('after a call that nobody knows is answered by null', async () => {
      expect(await provider.getCall('CA00000000000000000000000000000000')).toBeNull();
    });

    it('a vendor that cannot be reached, or does not take our credentials, is no answer', async () => {
      await expect(vendor.provider({ address: 'http://127.0.0.1:9' }).getCall('CA1')).rejects.toThrow();
      await expect(vendor.provider({ secret: 'wrong' }).getCall('CA1')).rejects.toThrow();
    });

    it('for calls to a number in an interval finds them, and no other', async () => {
      if (!provider.capabilities.finds_calls) return;
      const to = vendor.number('busy');
      const ids = [await placed(to), await placed(to)];
      await placed(vendor.number('busy'));
      const around = (from: number, until: number) =>
        provider.findCalls({
          to,
          from: vendor.from,
          created_after: new Date(Date.now() + from),
          created_before: new Date(Date.now() + until),
        });
      const found = await around(-60_000, 60_000);
      expect(found.map((one) => one.provider_call_id).sort()).toEqual(ids.sort());
      expect(await around(-7_200_000, -3_600_000)).toEqual([]);
    });

    it('for many calls to a number finds all of them', async () => {
      if (!provider.capabilities.finds_calls) return;
      const to = vendor.number('busy');
      const ids: string[] = [];
      for (let n = 0; n < 60; n += 1) ids.push(await placed(to));
      const created_after = new Date(Date.now() - 600_000);
      const query = { to, from: vendor.from, created_after, created_before: new Date(Date.now() + 60_000) };
      expect((await provider.findCalls(query)).length).toBe(ids.length);
    });
  });

  describe('the conversation', () => {
    it('takes garbage for nothing', () => {
      for (const frame of ['', '{', 'null', '[]', '"text"', '{"type":7}', 'x'.repeat(70_000)])
        expect(provider.conversation.parse(frame)).toEqual({ type: 'ignored' });
    });

    it('says what it is given, to the letter', () => {
      const text = 'Perché "no"? <b>1 & 2</b>\n—';
      const frames = provider.conversation.say(text, { interruptible: false });
      expect(frames.map((frame) => JSON.stringify(JSON.parse(frame))).join('')).toContain(
        JSON.stringify(text).slice(1, -1),
      );
    });

    it('is opened and closed by documents that can be parsed', () => {
      const open = provider.connectDocument({ call_id: newId(), token: 'a "b" & <c>', language: 'it' });
      expect(open.body).not.toContain('a "b" & <c>');
      expect(open.content_type).toMatch(/xml|json/);
      expect(provider.hangUpDocument().body.length).toBeGreaterThan(0);
    });
  });
}
