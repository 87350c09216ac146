import { describe, expect, it } from 'vitest';
import type { RawRequest } from '../../../app/calling/telephony/provider.ts';
import { newId } from '../../../app/infra/db/id.ts';
import type { AdapterUnderTest, VendorFact } from './adapter-under-test.ts';

const NOW = new Date('2026-11-25T11:00:00Z');
const NUMBER = '+393338887777';

export function webhooks(adapterOf: () => AdapterUnderTest): void {
  const metadata = { call_id: newId(), campaign_id: newId(), contact_id: newId() };
  const told = (more: Partial<VendorFact> = {}): VendorFact => ({
    status: 'ringing',
    provider_call_id: 'CA-kit',
    metadata,
    to: NUMBER,
    ...more,
  });
  const verify = (request: RawRequest) => adapterOf().provider.verifyWebhook(request);
  const parse = (more: Partial<VendorFact> = {}) =>
    adapterOf().provider.parseWebhook(adapterOf().webhook(told(more)), NOW);

  describe('a signature', () => {
    it('of ours holds', () => expect(verify(adapterOf().webhook(told()))).toBe(true));

    it.each(['somebody', 'nobody', 'ours_next'] as const)('of %s does not', (signer) => {
      expect(verify(adapterOf().webhook(told(), signer))).toBe(false);
    });

    it('of the next secret holds while secrets are exchanged, and so does the present one', () => {
      const { rotating } = adapterOf().variants;
      for (const [signer, holds] of [
        ['ours_next', true],
        ['ours', true],
        ['somebody', false],
      ] as const) {
        expect(rotating.verifyWebhook(adapterOf().webhook(told(), signer))).toBe(holds);
      }
    });

    it('over another body does not hold', () => {
      const request = adapterOf().webhook(told());
      const body = Buffer.from(`${request.body} `);
      expect(verify({ ...request, body })).toBe(false);
    });

    it('over another address does not hold: a fact cannot be moved to another call', () => {
      const request = adapterOf().webhook(told());
      expect(verify({ ...request, url: request.url.replace(metadata.call_id, newId()) })).toBe(false);
      expect(verify({ ...request, url: request.url.replace('//', '//evil.') })).toBe(false);
    });

    it('that is no signature is refused without an exception', () => {
      const request = adapterOf().webhook(told());
      for (const wrong of ['', 'AAAA', '\u0000', 'x'.repeat(10_000)]) {
        const headers = Object.fromEntries(
          Object.entries(request.headers).map(([name, value]) => [
            name,
            name.includes('signature') ? wrong : value,
          ]),
        );
        expect(verify({ ...request, headers })).toBe(false);
      }
    });

    it('is not enough for a fact of another account', () => {
      expect(verify(adapterOf().webhook(told({ account: 'another' })))).toBe(false);
    });

    it('guards the socket like the webhooks', () => {
      const { provider, variants, handshake } = adapterOf();
      const url = 'ws://localhost:3000/webhooks/telephony/conversation';
      expect(provider.verifySocket(handshake(url))).toBe(true);
      expect(variants.rotating.verifySocket(handshake(url, 'ours_next'))).toBe(true);
      expect(provider.verifySocket(handshake(url, 'somebody'))).toBe(false);
      expect(provider.verifySocket(handshake(url, 'nobody'))).toBe(false);
      expect(provider.verifySocket({ ...handshake(url), url: `${url}/` })).toBe(false);
    });
  });

  describe('a fact', () => {
    it.each(['initiated', 'ringing', 'answered', 'completed', 'busy', 'no_answer', 'failed'] as const)(
      '%s is read as that, with both ids',
      (status) => {
        const event = { type: status, provider_call_id: 'CA-kit', call_id: metadata.call_id };
        expect(parse({ status })).toMatchObject([event]);
      },
    );

    it('nobody has heard of is kept and moves nothing', () => {
      expect(parse({ status: 'unheard_of' })).toMatchObject([{ type: 'other' }]);
    });

    it('has one key however often it comes, and another than every other fact', () => {
      const keys = (['initiated', 'ringing', 'answered', 'completed'] as const).map(
        (status) => parse({ status })[0]!.provider_event_key,
      );
      expect(new Set(keys).size).toBe(4);
      expect(parse({ status: 'ringing' })[0]!.provider_event_key).toBe(keys[1]);
      expect(parse({ status: 'ringing', provider_call_id: 'CA-2' })[0]!.provider_event_key).not.toBe(keys[1]);
    });

    it('keeps the moment it happened; a clock ahead of ours is put right', () => {
      const at = new Date('2026-11-25T10:59:30Z');
      expect(parse({ at })[0]!.occurred_at).toEqual(at);
      expect(parse({ at: new Date('2026-11-26T11:00:00Z') })[0]!.occurred_at).toEqual(NOW);
      expect(parse()[0]!.occurred_at).toEqual(NOW);
    });

    it.each([
      ['machine', 'machine_detected'],
      ['human', 'human_detected'],
      ['unclear', 'other'],
    ] as const)('%s on the line is %s', (answered_by, type) => {
      expect(parse({ status: 'answered', answered_by }).map((event) => event.type)).toEqual([type]);
    });

    it.each([
      ['invalid_number', 'invalid_number'],
      ['passing', 'transient'],
    ] as const)('of a failure says whose it is: %s', (failure, kind) => {
      expect(parse({ status: 'failed', failure })).toMatchObject([{ error: { kind } }]);
    });

    it('keeps nobody’s number and no secret', () => {
      const all = JSON.stringify([parse(), parse({ status: 'failed', failure: 'passing' })]);
      expect(all).not.toContain(NUMBER.slice(1));
      for (const secret of adapterOf().secrets) expect(all).not.toContain(secret);
    });

    it('that cannot be read is none, without an exception', () => {
      const { url, headers } = adapterOf().webhook(told());
      for (const body of ['', '{}', '<html>', '%%%', '\u0000\uFFFD', 'a=b']) {
        expect(adapterOf().provider.parseWebhook({ url, headers, body: Buffer.from(body) }, NOW)).toEqual([]);
      }
    });
  });
}
