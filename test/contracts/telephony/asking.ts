import { describe, expect, it } from 'vitest';
import { ProviderError } from '../../../app/calling/telephony/provider.ts';
import { waitFor } from '../../support/wait-for.ts';
import type { AdapterUnderTest } from './adapter-under-test.ts';
import { placement } from './placing.ts';
import { html, nothing, type WireFault } from './wire.ts';

const FAULTS: [string, WireFault['what']][] = [
  ['a reset', 'reset'],
  ['silence', 'silent'],
  ['a proxy’s 502', html(502)],
  ['a proxy’s 404', html(404)],
  ['a success in HTML', html(200)],
  ['a success of nothing', nothing(200)],
];

export function asking(adapterOf: () => AdapterUnderTest): void {
  const dial = async (number?: string) => {
    const call = { ...placement(adapterOf(), number), ring_timeout_seconds: 600 };
    const result = await adapterOf().provider.placeCall(call);
    if (result.kind !== 'placed') throw new Error(`not placed: ${result.kind}`);
    return { ...call, id: result.provider_call_id };
  };
  const typesOf = async (id: string) =>
    (await adapterOf().provider.getCall(id))?.map(({ type }) => type) ?? null;
  const minute = () => ({
    created_after: new Date(Date.now() - 60_000),
    created_before: new Date(Date.now() + 60_000),
  });

  describe('asked about a call', () => {
    it('tells how it ended, in the keys that its webhooks use', async () => {
      const { id, metadata } = await dial();
      await waitFor('the end', async () => (await typesOf(id))?.includes('busy'));
      const [asked] = (await adapterOf().provider.getCall(id)) ?? [];
      const told = adapterOf().webhook({ status: 'busy', provider_call_id: id, metadata });
      const [event] = adapterOf().provider.parseWebhook(told, new Date());
      expect(asked!.provider_event_key).toBe(event!.provider_event_key);
    });

    it('knows nothing of one that never was', async () => {
      const { id } = await dial();
      expect(await typesOf(id.replace(/.{6}$/, '000000'))).toBeNull();
    });

    it.each(FAULTS)('throws on %s: never “no such call”', async (_name, what) => {
      const { id } = await dial();
      adapterOf().wire.fault = { when: 'before', what };
      await expect(adapterOf().provider.getCall(id)).rejects.toBeInstanceOf(ProviderError);
      adapterOf().wire.fault = null;
    });

    it('says nothing of our secrets when it cannot', async () => {
      const errors: unknown[] = [];
      for (const [, what] of FAULTS) {
        adapterOf().wire.fault = { when: 'before', what };
        await adapterOf()
          .provider.hangUp('CA0')
          .catch((error) => errors.push(error));
        await adapterOf()
          .provider.findCalls({ to: '+1', from: '+1', ...minute() })
          .catch((e) => errors.push(e));
      }
      adapterOf().wire.fault = null;
      await adapterOf()
        .variants.unreachable.getCall('CA0')
        .catch((error) => errors.push(error));
      expect(errors).toHaveLength(2 * FAULTS.length + 1);
      for (const error of errors) {
        const all = JSON.stringify([error, String(error), (error as Error).stack, (error as Error).cause]);
        for (const secret of adapterOf().secrets) expect(all).not.toContain(secret);
      }
    });
  });

  describe('hanging up', () => {
    it('ends a call that rings, and doing it twice is no fault', async () => {
      const { id } = await dial(adapterOf().numbers.rings_long);
      expect(await adapterOf().provider.hangUp(id)).toBe('done');
      await waitFor('the end', async () => (await typesOf(id))?.some((type) => type === 'failed'));
      expect(await adapterOf().provider.hangUp(id)).toBe('already_ended');
    });

    it('a call that never was is no fault', async () => {
      const { id } = await dial();
      expect(await adapterOf().provider.hangUp(id.replace(/.{6}$/, '000000'))).toBe('already_ended');
    });

    it.each(FAULTS.slice(0, 4))('throws on %s: never “ended”', async (_name, what) => {
      const { id } = await dial();
      adapterOf().wire.fault = { when: 'before', what };
      await expect(adapterOf().provider.hangUp(id)).rejects.toBeInstanceOf(ProviderError);
      adapterOf().wire.fault = null;
    });
  });

  describe('finding calls', () => {
    it('gives all to that number, however many pages they fill', async () => {
      const call = placement(adapterOf());
      for (let n = 0; n < 52; n += 1) await adapterOf().provider.placeCall(call);
      const { to, from } = call;
      const found = await adapterOf().provider.findCalls({ to, from, ...minute() });
      const ids = found.map(({ provider_call_id }) => provider_call_id);
      expect([...ids].sort()).toEqual([...(await adapterOf().rang(to))].sort());
      expect(ids).toHaveLength(52);
    });

    it('gives none of another number, another caller or another time', async () => {
      const { to, from } = await dial();
      const { provider } = adapterOf();
      expect(await provider.findCalls({ to: '+393330000099', from, ...minute() })).toEqual([]);
      expect(await provider.findCalls({ to, from: '+390211111111', ...minute() })).toEqual([]);
      const past = { created_after: new Date(0), created_before: new Date(Date.now() - 60_000) };
      expect(await provider.findCalls({ to, from, ...past })).toEqual([]);
      const future = {
        created_after: new Date(Date.now() + 60_000),
        created_before: new Date(Date.now() + 90_000),
      };
      expect(await provider.findCalls({ to, from, ...future })).toEqual([]);
    });

    it.each(FAULTS)('throws on %s: never “none”', async (_name, what) => {
      adapterOf().wire.fault = { when: 'before', what };
      const search = { to: '+393330000099', from: adapterOf().from, ...minute() };
      await expect(adapterOf().provider.findCalls(search)).rejects.toBeInstanceOf(ProviderError);
      adapterOf().wire.fault = null;
    });
  });

  describe('health', () => {
    it('is good while the vendor answers to our credentials, for one request', async () => {
      const before = adapterOf().wire.exchanges.length;
      expect(await adapterOf().provider.health()).toEqual({ ok: true });
      expect(adapterOf().wire.exchanges.length - before).toBe(1);
    });

    it('names refused credentials', async () => {
      expect(await adapterOf().variants.wrong_credentials.health()).toMatchObject({
        ok: false,
        detail: expect.stringContaining('credentials'),
      });
    });

    it.each(FAULTS)('is bad, and throws nothing, on %s', async (_name, what) => {
      adapterOf().wire.fault = { when: 'before', what };
      expect(await adapterOf().provider.health()).toMatchObject({ ok: false });
      adapterOf().wire.fault = null;
    });
  });

  it('says what it can do: languages, conversation, ids, no idempotent placement unless it is so', () => {
    const { capabilities, name } = adapterOf().provider;
    expect(name).toMatch(/^[a-z-]+$/);
    expect(capabilities.languages.length).toBeGreaterThan(0);
    const leads = { telephony_api: 'text_socket', voice_ai_platform: 'vendor_agent' };
    expect(capabilities.conversation).toBe(leads[capabilities.provider_type]);
    expect(capabilities.answer_document).toBe(capabilities.conversation === 'text_socket');
  });
}
