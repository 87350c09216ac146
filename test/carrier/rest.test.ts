import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CarrierUnderTest, FROM } from './carrier-under-test.ts';

let carrier: CarrierUnderTest;
beforeAll(async () => {
  carrier = await CarrierUnderTest.start();
});
afterAll(() => carrier.stop());

describe('the REST API, seen through the real SDK', () => {
  it('creates a queued call with the fields of a Call resource', async () => {
    const call = await carrier.call('+393331234508', 'created');
    expect(call.sid).toMatch(/^CA[0-9a-f]{32}$/);
    expect(call).toMatchObject({
      status: 'queued',
      to: '+393331234508',
      from: FROM,
      direction: 'outbound-api',
      startTime: null,
      endTime: null,
      queueTime: '0',
    });
    expect(Math.abs(call.dateCreated.getTime() - Date.now())).toBeLessThan(60_000);
    expect((await carrier.ended(call.sid, 'created')).status).toBe('busy');
  });

  it('hangs up a ringing call as canceled, and refuses to hang up an ended one with 21220', async () => {
    const call = await carrier.call('+393331234507', 'cancel', { timeout: 600 });
    await carrier.client.calls(call.sid).update({ status: 'completed' });
    const ended = await carrier.ended(call.sid, 'cancel');
    expect(ended.status).toBe('canceled');
    await expect(carrier.client.calls(call.sid).update({ status: 'completed' })).rejects.toMatchObject({
      status: 400,
      code: 21220,
    });
  });

  it.each([
    ['no To', { to: '' }, 21201],
    ['a To that is no number', { to: '12' }, 21211],
    ['a From that is no number', { from: 'me' }, 21212],
    ['no From', { from: '' }, 21213],
    ['no Url', { url: '' }, 21205],
    ['a Url that is none', { url: 'nowhere' }, 21205],
    ['a StatusCallback that is none', { statusCallback: 'nowhere' }, 21609],
    ['a method that is none', { method: 'PATCH' }, 21209],
    ['an unknown machine detection', { machineDetection: 'Perhaps' }, 21263],
  ])('refuses %s', async (_what, wrong, code) => {
    const options = { ...carrier.callOptions('+393331234501', 'refused'), ...wrong };
    await expect(carrier.client.calls.create(options)).rejects.toMatchObject({
      status: 400,
      code,
      moreInfo: `https://www.twilio.com/docs/errors/${code}`,
    });
  });

  it('knows its account only, and no call it did not accept', async () => {
    await expect(carrier.clientWith({ token: 'wrong' }).calls.list()).rejects.toMatchObject({
      status: 401,
      code: 20003,
    });
    await expect(carrier.client.calls(`CA${'0'.repeat(32)}`).fetch()).rejects.toMatchObject({
      status: 404,
      code: 20404,
    });
    const other = await fetch(`${carrier.url}/2010-04-01/Accounts/ACother/Calls.json`);
    expect(other.status).toBe(401);
  });

  it('lists by number, status and day, page after page', async () => {
    const numbers = ['+393330000008', '+393330000108', '+393330000208'];
    for (const number of numbers) await carrier.call(number, number);
    for (const [sid, number] of (await carrier.client.calls.list()).map((c) => [c.sid, c.to] as const)) {
      if (numbers.includes(number)) await carrier.ended(sid, number);
    }
    const { calls } = carrier.client;
    expect((await calls.list({ to: '+393330000108' })).map((call) => call.to)).toEqual(['+393330000108']);
    expect(await calls.list({ to: '+393330000108', from: '+15550001111' })).toEqual([]);
    const busy = await calls.list({ status: 'busy', pageSize: 2 });
    expect(busy.map((call) => call.to).slice(0, 3)).toEqual(numbers.toReversed());
    expect(new Set(busy.map((call) => call.sid)).size).toBe(busy.length);
    const yesterday = new Date(Date.now() - 86_400_000);
    expect(await calls.list({ startTimeBefore: yesterday })).toEqual([]);
    expect(await calls.list({ startTime: yesterday })).toEqual([]);
    expect((await calls.list({ startTimeAfter: yesterday })).length).toBeGreaterThanOrEqual(3);
  });

  it('says what it is', async () => {
    expect(await (await fetch(carrier.url)).text()).toContain('simulated telephone network');
    const { cast } = (await (await fetch(`${carrier.url}/cast`)).json()) as {
      cast: { digits: string; name: string }[];
    };
    expect(cast.map(({ digits, name }) => `${digits} ${name}`)).toEqual([
      '01 cooperative',
      '02 refuses',
      '03 opts_out',
      '04 asks_who',
      '05 asks_to_repeat',
      '06 mumbles',
      '07 no_answer',
      '08 busy',
      '09 answering_machine',
      '10 hangs_up',
      '11 invalid_number',
    ]);
  });
});
