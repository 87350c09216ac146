import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { waitFor } from '../../support/wait-for.ts';
import type { AdapterUnderTest } from '../telephony/adapter-under-test.ts';
import { placement } from '../telephony/placing.ts';
import { startTwilio } from '../telephony/twilio-under-test.ts';
import type { Exchange } from '../telephony/wire.ts';
import { withContractData } from './contract-data.ts';
import { judge, type OpenApi } from './judge.ts';
import { OWN_DESCRIPTION } from './own-description.ts';

let adapter: AdapterUnderTest;

/** Everything that the adapter asks, answered by the simulated network: success, refusal, second page. */
beforeAll(async () => {
  adapter = await startTwilio('https://surveys.example.com');
  const { provider, variants } = adapter;
  const call = {
    ...placement(adapter),
    callback_url: 'https://surveys.example.com/webhooks/telephony/events',
  };
  for (let n = 0; n < 51; n += 1) await provider.placeCall(call);
  const ringing = await provider.placeCall({
    ...placement(adapter, adapter.numbers.rings_long),
    ring_timeout_seconds: 600,
  });
  if (ringing.kind !== 'placed') throw new Error('not placed');
  const { provider_call_id } = ringing;
  await provider.getCall(provider_call_id);
  await provider.hangUp(provider_call_id);
  await waitFor('the end', async () =>
    (await provider.getCall(provider_call_id))?.some(({ type }) => type === 'failed'),
  );
  await provider.hangUp(provider_call_id);
  await provider.getCall(`CA${'0'.repeat(32)}`);
  const { to, from } = call;
  await provider.findCalls({ to, from, created_after: new Date(0), created_before: new Date() });
  await provider.health();
  await variants.wrong_credentials.health();
  await provider.placeCall({ ...call, to: '12' });
});
afterAll(() => adapter.stop());

function judged(api: () => OpenApi): void {
  it('finds no fault in what the adapter sends and what the network answers', () => {
    const { exchanges } = adapter.wire;
    expect(new Set(exchanges.map(({ answer }) => answer?.status))).toEqual(
      new Set([200, 201, 400, 401, 404]),
    );
    expect(exchanges.some(({ request }) => request.path.includes('PageToken'))).toBe(true);
    // The one number that is none is sent to be refused.
    const meant = exchanges.filter(({ request }) => !/(^|&)To=12(&|$)/.test(request.body));
    expect([...new Set(meant.flatMap((exchange) => judge(api(), exchange)))]).toEqual([]);
  });

  it('finds the faults that are put in', () => {
    const good = adapter.wire.exchanges.find(({ request }) => adapter.isPlacement(request))!;
    const request = (body: string): Exchange => ({ ...good, request: { ...good.request, body } });
    const answer = (change: object): Exchange => {
      const body = JSON.stringify({ ...JSON.parse(good.answer!.body), ...change });
      return { ...good, answer: { ...good.answer!, body } };
    };
    for (const bad of [
      request(`${good.request.body}&Colour=blue`),
      request(good.request.body.replace(/(^|&)To=[^&]*/, '')),
      request(good.request.body.replace(/(^|&)Timeout=\d+/, '$1Timeout=soon')),
      answer({ status: 'levitating' }),
      answer({ sid: 'CA1' }),
      answer({ date_created: '2026-11-25T11:00:00Z' }),
      answer({ colour: 'blue' }),
      { ...good, request: { ...good.request, path: '/2010-04-01/Calls.json' } },
    ]) {
      expect(judge(api(), bad)).not.toEqual([]);
    }
  });
}

describe('adapter and network, by our own reading of the documentation', () => judged(() => OWN_DESCRIPTION));

describe('adapter and network, by the vendor’s description', () => {
  withContractData('requests and answers by OpenAPI', 'telephony/twilio_api_v2010.calls.json', (data) =>
    judged(data),
  );
});
