import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { waitFor } from '../support/wait-for.ts';
import { CarrierUnderTest } from './carrier-under-test.ts';

let carrier: CarrierUnderTest;
beforeEach(async () => {
  carrier = await CarrierUnderTest.start();
});
afterEach(() => carrier.stop());

const BUSY = '+393335550008';

function statuses(): (string | undefined)[] {
  return carrier.application.callbacks('/events').map((r) => r.params.CallStatus);
}

async function endedOnRecord(): Promise<void> {
  await waitFor('the end of the call', async () =>
    (await carrier.facts()).some((fact) => fact.fact === 'ended'),
  );
}

describe('faults on request', () => {
  it.each([
    ['create_429', { status: 429, code: 20429 }],
    ['create_500', { status: 500, code: 20500 }],
    ['create_reset', { code: 'ECONNRESET' }],
    ['create_html', { status: 502 }],
  ])('%s: no call exists', async (fault, error) => {
    await carrier.putFaults({ [fault]: 1 });
    await expect(carrier.call(BUSY, 'x')).rejects.toMatchObject(error);
    await carrier.putFaults({});
    expect(await carrier.client.calls.list()).toEqual([]);
    expect(await carrier.facts()).toEqual([]);
  });

  it('accept_then_timeout: the call runs though nobody was told', async () => {
    await carrier.putFaults({ accept_then_timeout: 1 });
    const impatient = carrier.clientWith({ timeout: 300 });
    await expect(impatient.calls.create(carrier.callOptions(BUSY, 'x'))).rejects.toThrow(/timeout/);
    await carrier.putFaults({});
    await endedOnRecord();
    expect((await carrier.client.calls.list({ to: BUSY })).map((call) => call.status)).toEqual(['busy']);
  });

  it.each([
    ['accept_then_reset', { code: 'ECONNRESET' }],
    ['accept_then_html', { status: 502 }],
  ])('%s: the call runs though nobody was told', async (fault, error) => {
    await carrier.putFaults({ [fault]: 1 });
    await expect(carrier.call(BUSY, 'x')).rejects.toMatchObject(error);
    await carrier.putFaults({});
    await endedOnRecord();
    expect((await carrier.client.calls.list({ to: BUSY })).map((call) => call.status)).toEqual(['busy']);
  });

  it('accept_then_empty: an answer of nothing, and a call', async () => {
    await carrier.putFaults({ accept_then_empty: 1 });
    await carrier.call(BUSY, 'x').catch(() => undefined);
    await carrier.putFaults({});
    expect(await carrier.client.calls.list({ to: BUSY })).toHaveLength(1);
  });

  it('other_html: what is asked about calls is answered by a proxy', async () => {
    const { sid } = await carrier.call(BUSY, 'x');
    await carrier.putFaults({ other_html: 1 });
    const { calls } = carrier.client;
    for (const ask of [
      () => calls.list(),
      () => calls(sid).fetch(),
      () => calls(sid).update({ status: 'completed' }),
    ]) {
      await expect(ask()).rejects.toMatchObject({ status: 502 });
    }
  });

  it('latency_ms and webhook_delayed_ms: everything comes that much later', async () => {
    await carrier.putFaults({ latency_ms: 400 });
    await expect(carrier.clientWith({ timeout: 100 }).calls.list()).rejects.toThrow(/timeout/);
    expect(await carrier.client.calls.list()).toEqual([]);
    await carrier.putFaults({ webhook_delayed_ms: 1_500 });
    const { sid } = await carrier.call(BUSY, 'late');
    await endedOnRecord();
    // The line is free before anybody is told.
    expect(statuses()).not.toContain('busy');
    await carrier.ended(sid, 'late');
    expect(statuses()).toEqual(['initiated', 'busy']);
  });

  it('webhook_lost, webhook_duplicated, webhook_reordered', async () => {
    await carrier.putFaults({ webhook_lost: 1 });
    await carrier.call(BUSY, 'lost');
    await endedOnRecord();
    await carrier.putFaults({ webhook_duplicated: 1 });
    await carrier.call(BUSY, 'twice');
    await waitFor('four callbacks', () => statuses().length === 4);
    expect(statuses()).toEqual(['initiated', 'initiated', 'busy', 'busy']);
    const tokens = carrier.application.callbacks('/events').map((r) => r.idempotency_token);
    expect(new Set(tokens).size).toBe(2);
    await carrier.putFaults({ webhook_reordered: 0.5 });
    for (let call = 0; call < 12; call += 1)
      await carrier.call('+393335550007', String(call), { timeout: 1 });
    const orders = () =>
      Array.from({ length: 12 }, (_, call) =>
        carrier.application.callbacks('/events', String(call)).map((r) => r.params.SequenceNumber),
      );
    await waitFor('all callbacks', () => orders().every((order) => order.length === 3));
    expect(orders().some((order) => order.join() !== '0,1,2')).toBe(true);
  });

  it('webhook_wrong_signature: refused, and not repeated', async () => {
    await carrier.putFaults({ webhook_wrong_signature: 1 });
    await carrier.call(BUSY, 'forged');
    await waitFor('both callbacks', () => statuses().length === 2);
    expect(carrier.application.callbacks('/events').map((r) => r.valid)).toEqual([false, false]);
  });

  it('sends a callback the application could not take once more', async () => {
    carrier.application.answerStatus = () => 503;
    await carrier.call(BUSY, 'down');
    await waitFor('four callbacks', () => statuses().length === 4);
    expect(statuses()).toEqual(['initiated', 'initiated', 'busy', 'busy']);
  });

  it('shows its settings, refuses unknown ones, and clears them', async () => {
    expect(await carrier.putFaults({ create_5000: 1 })).toBe(422);
    expect(await carrier.putFaults({ create_500: 2 })).toBe(422);
    expect(await carrier.putFaults({ create_500: 0.5, latency_ms: 1 })).toBe(200);
    const shown = async () => (await fetch(`${carrier.url}/faults`)).json();
    expect(await shown()).toMatchObject({ create_500: 0.5, latency_ms: 1, webhook_lost: 0 });
    await fetch(`${carrier.url}/faults`, { method: 'DELETE' });
    expect(await shown()).toMatchObject({ create_500: 0, latency_ms: 0 });
  });
});
