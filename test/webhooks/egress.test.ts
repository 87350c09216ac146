import type { LookupAddress } from 'node:dns';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { postWebhook } from '../../app/notifications/webhooks/post-webhook.ts';
import { type Receiver, receiver } from './receiver.ts';

let crm: Receiver;
beforeAll(async () => {
  crm = await receiver();
});
afterAll(() => crm.close());
beforeEach(() => {
  crm.told.length = 0;
});

const rules = { allowed_hosts: ['crm.example', 'localhost'], allow_internal: false, timeout_ms: 2_000 };
const post = (url: string) => ({ url, headers: {}, body: '{}' });
const answering = (...answers: string[][]) => {
  let asked = 0;
  return {
    asked: () => asked,
    resolve: (
      _name: string,
      _options: { all: true },
      done: (error: Error | null, addresses: LookupAddress[]) => void,
    ) => {
      const addresses = answers[Math.min(asked, answers.length - 1)] ?? [];
      asked += 1;
      done(
        null,
        addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
      );
    },
  };
};

it.each([[['127.0.0.1']], [['93.184.216.34', '10.0.0.1']], [['::1']], [['169.254.169.254']]])(
  'a name that leads to %o is not called',
  async (addresses) => {
    const dns = answering(addresses);
    const result = await postWebhook(post(`https://crm.example:${crm.port}/`), rules, dns.resolve);
    expect(result).toEqual({ kind: 'failed', message: 'the name leads to an internal address' });
    expect(crm.told).toEqual([]);
  },
);

it('a name that changes its mind between check and call gains nothing: it is asked once', async () => {
  const dns = answering(['2606:4700::1111'], ['127.0.0.1']);
  const brief = { ...rules, timeout_ms: 200 };
  const first = await postWebhook(post(`https://crm.example:${crm.port}/`), brief, dns.resolve);
  // Connected to, in vain, was the address that had been checked.
  expect(first).toMatchObject({ kind: 'failed', message: expect.not.stringContaining('internal') });
  expect(dns.asked()).toBe(1);
  const again = await postWebhook(post(`https://crm.example:${crm.port}/`), rules, dns.resolve);
  expect(again).toMatchObject({ message: 'the name leads to an internal address' });
  expect(crm.told).toEqual([]);
});

it('this machine’s own name is refused by the real resolver', async () => {
  const result = await postWebhook(post(`https://localhost:${crm.port}/`), rules);
  expect(result).toEqual({ kind: 'failed', message: 'the name leads to an internal address' });
});

it('a redirect to an internal address is not followed', async () => {
  const other = await receiver();
  crm.next({ status: 307, headers: { location: other.url } });
  const trying = { ...rules, allow_internal: true };
  expect(await postWebhook(post(crm.url), trying)).toMatchObject({ kind: 'answered', status: 307 });
  expect(other.told).toEqual([]);
  await other.close();
});

it('a receiver that says nothing is not waited for without end', async () => {
  crm.next('silent');
  const trying = { ...rules, allow_internal: true, timeout_ms: 100 };
  expect(await postWebhook(post(crm.url), trying)).toEqual({ kind: 'failed', message: 'no answer in time' });
});
