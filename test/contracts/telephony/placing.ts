import { createServer } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { PlaceCall } from '../../../app/calling/telephony/provider.ts';
import { newId } from '../../../app/infra/db/id.ts';
import type { Trouble, VendorUnderTest } from './vendor-under-test.ts';

/** The dial: what is asked of the vendor, and what its answers mean. */
export function placingConformance(start: () => Promise<VendorUnderTest>): void {
  let vendor: VendorUnderTest;
  beforeAll(async () => {
    vendor = await start();
  });
  afterEach(() => vendor.trouble('none'));
  afterAll(() => vendor.stop());

  const call = (to: string, more: Partial<PlaceCall> = {}): PlaceCall => ({
    to,
    from: vendor.from,
    callback_url: vendor.callback_url,
    language: 'it',
    metadata: { call_id: newId(), campaign_id: newId(), contact_id: newId() },
    ring_timeout_seconds: 23,
    time_limit_seconds: 287,
    ...more,
  });
  const shut = () =>
    new Promise<string>((resolve) => {
      const server = createServer().listen(0, '127.0.0.1', () => {
        const { port } = server.address() as { port: number };
        server.close(() => resolve(`http://127.0.0.1:${port}`));
      });
    });

  describe('a dial', () => {
    it('is placed under the vendor’s own id', async () => {
      const to = vendor.number('busy');
      const result = await vendor.provider().placeCall(call(to));
      expect(result).toMatchObject({ kind: 'placed', provider_call_id: expect.stringMatching(/./) });
      expect(await vendor.accepted(to)).toEqual([(result as { provider_call_id: string }).provider_call_id]);
    });

    it('asks once, for that number, from ours', async () => {
      const to = vendor.number('busy');
      await vendor.provider().placeCall(call(to));
      expect(vendor.asked(to)).toHaveLength(1);
      expect(JSON.stringify(vendor.asked(to))).toContain(vendor.from);
    });

    it.each([
      ['the ring time-out', '23'],
      ['the time limit', '287'],
    ])('hands over %s', async (_what, value) => {
      const to = vendor.number('busy');
      await vendor.provider().placeCall(call(to));
      expect(Object.values(vendor.asked(to)[0] ?? {})).toContain(value);
    });

    it('asks for no recording', async () => {
      const to = vendor.number('busy');
      await vendor.provider().placeCall(call(to));
      const on = Object.entries(vendor.asked(to)[0] ?? {}).filter(
        ([name, value]) => /^record/i.test(name) && value !== 'false',
      );
      expect(on).toEqual([]);
    });

    it('hands over our ids', async () => {
      const to = vendor.number('busy');
      const { metadata } = call(to);
      await vendor.provider().placeCall(call(to, { metadata }));
      const asked = JSON.stringify(vendor.asked(to)[0]);
      for (const id of Object.values(metadata)) expect(asked).toContain(id);
    });

    it('of a number that is none is refused for that number alone', async () => {
      const result = await vendor.provider().placeCall(call(vendor.malformed_number));
      expect(result).toMatchObject({ kind: 'rejected', failure: 'invalid_number' });
    });

    it('from a number that is none is refused for the whole campaign', async () => {
      const result = await vendor.provider().placeCall(call(vendor.number('busy'), { from: '+39' }));
      expect(result).toMatchObject({ kind: 'rejected', failure: 'configuration' });
    });

    it('with wrong credentials is refused for the whole account', async () => {
      const to = vendor.number('busy');
      const result = await vendor.provider({ secret: 'a wrong secret' }).placeCall(call(to));
      expect(result).toMatchObject({ kind: 'rejected', failure: 'account' });
      expect(await vendor.accepted(to)).toEqual([]);
    });
  });

  describe('a dial into trouble', () => {
    it.each<[Trouble, string, number]>([
      ['throttled', 'not_placed', 0],
      ['failing', 'unknown', 0],
      ['html', 'unknown', 0],
      ['empty', 'unknown', 0],
      ['reset', 'unknown', 0],
      ['silent', 'unknown', 1],
    ])('%s: is %s, and asked for once', async (trouble, kind, accepted) => {
      const to = vendor.number('busy');
      await vendor.trouble(trouble);
      const result = await vendor.provider({ timeout_ms: 500 }).placeCall(call(to));
      expect(result.kind).toBe(kind);
      expect(vendor.asked(to)).toHaveLength(1);
      expect(await vendor.accepted(to)).toHaveLength(accepted);
    });

    it('with nobody at the address was not placed', async () => {
      const result = await vendor.provider({ address: await shut() }).placeCall(call(vendor.number('busy')));
      expect(result.kind).toBe('not_placed');
    });

    it('with an address that does not exist was not placed', async () => {
      const nowhere = vendor.provider({ address: 'http://nowhere.invalid' });
      expect((await nowhere.placeCall(call(vendor.number('busy')))).kind).toBe('not_placed');
    });

    it.each<Trouble>(['throttled', 'failing', 'html', 'reset'])(
      '%s: shows neither number nor secret',
      async (trouble) => {
        const to = vendor.number('busy');
        await vendor.trouble(trouble);
        const seen = JSON.stringify(await vendor.provider({ timeout_ms: 500 }).placeCall(call(to)));
        for (const hidden of [to, to.slice(1), ...vendor.secrets]) expect(seen).not.toContain(hidden);
      },
    );

    it('a refusal shows no number either', async () => {
      const refused = [
        await vendor.provider().placeCall(call(vendor.malformed_number.padEnd(9, '0'))),
        await vendor.provider().placeCall(call(vendor.number('busy'), { from: '+3901234567890123456' })),
      ];
      expect(JSON.stringify(refused)).not.toMatch(/\d{7,}/);
    });
  });

  describe('health', () => {
    it('is good where the vendor takes our credentials', async () => {
      await expect(vendor.provider().health()).resolves.toBeUndefined();
    });

    it('is bad with wrong credentials, and with nobody at the address', async () => {
      await expect(vendor.provider({ secret: 'a wrong secret' }).health()).rejects.toThrow();
      await expect(vendor.provider({ address: await shut() }).health()).rejects.toThrow();
    });
  });

  describe('capabilities', () => {
    it('are said', () => {
      const { capabilities, name } = vendor.provider();
      expect(name).toMatch(/^[a-z_]+$/);
      expect(['telephony_api', 'voice_ai_platform']).toContain(capabilities.provider_type);
    });
  });
}
