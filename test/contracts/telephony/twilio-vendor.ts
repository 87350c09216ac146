import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getExpectedTwilioSignature } from 'twilio/lib/webhooks/webhooks.js';
import type { RawRequest } from '../../../app/calling/telephony/provider.ts';
import { twilioProvider } from '../../../app/calling/telephony/twilio/twilio-provider.ts';
import { CarrierUnderTest, FROM } from '../../carrier/carrier-under-test.ts';
import { waitFor } from '../../support/wait-for.ts';
import type { Forgery, Told, Trouble, VendorUnderTest } from './vendor-under-test.ts';

const FAULTS: Partial<Record<Trouble, string>> = {
  throttled: 'create_429',
  failing: 'create_500',
  reset: 'create_reset',
  silent: 'accept_then_timeout',
};
const ENDINGS = { answers: '01', nobody: '07', busy: '08', machine: '09', nowhere: '11' } as const;

type Asked = { url: string; form: Record<string, string | string[]> };

/** A recorder on the wire, which can also answer as a proxy in front of the vendor does when it is broken. */
async function recorder(target: string) {
  const asked: Asked[] = [];
  let broken: 'html' | 'empty' | null = null;
  const server = createServer(async (incoming, outgoing) => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks);
    const isCreate = incoming.method === 'POST' && (incoming.url ?? '').endsWith('/Calls.json');
    if (isCreate) asked.push({ url: incoming.url ?? '', form: formOf(body) });
    if (isCreate && broken === 'html')
      return outgoing.writeHead(502, { 'content-type': 'text/html' }).end('<html>Bad Gateway</html>');
    if (isCreate && broken === 'empty') return outgoing.writeHead(500).end();
    const { method, url, headers } = incoming;
    const onward = request(new URL(url ?? '/', target), { method, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    onward.on('error', () => outgoing.destroy());
    outgoing.on('close', () => onward.destroy());
    return onward.end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    asked,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    breakDown: (how: typeof broken) => {
      broken = how;
    },
    stop: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function formOf(body: Buffer): Record<string, string | string[]> {
  const form: Record<string, string | string[]> = {};
  for (const [name, value] of new URLSearchParams(body.toString())) {
    const before = form[name];
    form[name] = before === undefined ? value : [before, value].flat();
  }
  return form;
}

/** Twilio, as the simulated carrier plays it, with its adapter. */
export async function twilioVendor(): Promise<VendorUnderTest> {
  const carrier = await CarrierUnderTest.start({ speed: 200 });
  const wire = await recorder(carrier.url);
  const { accountSid: account_sid, authToken } = carrier.options;
  const callback_url = carrier.application.url;
  let serial = 0;

  return {
    provider: ({ secret = authToken, address = wire.url, timeout_ms = 2_000 } = {}) =>
      twilioProvider({
        account_sid,
        auth_token: secret,
        base_url: address,
        public_url: callback_url,
        timeout_ms,
      }),
    callback_url,
    from: FROM,
    malformed_number: '+39',
    number: (who) => {
      serial += 1;
      return `+39333${String(10_000 + serial)}${ENDINGS[who]}`;
    },
    trouble: async (name) => {
      wire.breakDown(name === 'html' || name === 'empty' ? name : null);
      const fault = FAULTS[name];
      await carrier.putFaults(fault ? { [fault]: 1 } : {});
    },
    asked: (to) => wire.asked.map(({ form }) => form).filter((form) => form.To === to),
    accepted: async (to) =>
      (await carrier.facts())
        .filter((one) => one.fact === 'accepted' && one.to === to)
        .map((one) => one.call_sid),
    received: (sid) =>
      carrier.application.received
        .filter(({ path, params }) => path === '/events' && params.CallSid === sid)
        .map(({ raw }) => raw),
    ended: async (sid) => {
      await waitFor('the last word', () =>
        carrier.application
          .callbacks('/events')
          .some(({ params }) => params.CallSid === sid && 'CallDuration' in params),
      );
    },
    webhook: (told, forgery = 'none') => forge(callback_url, authToken, told, forgery),
    secrets: [authToken, Buffer.from(`${account_sid}:${authToken}`).toString('base64')],
    stop: async () => {
      await wire.stop();
      await carrier.stop();
    },
  };
}

function forge(callback_url: string, token: string, told: Told, forgery: Forgery): RawRequest {
  const { provider_call_id, status = 'in-progress', call_id, occurred_at, more = {} } = told;
  const url = `${callback_url}/events${call_id === undefined ? '' : `?call_id=${call_id}`}`;
  const params: Record<string, string> = {
    CallSid: provider_call_id,
    CallStatus: status,
    To: '+393331234501',
    From: FROM,
    ToCity: '',
    ...(occurred_at ? { Timestamp: occurred_at.toUTCString() } : {}),
    ...more,
  };
  const body = Buffer.from(new URLSearchParams(params).toString());
  const signed = (by: string, address = url) => ({
    'x-twilio-signature': getExpectedTwilioSignature(by, address, params),
  });
  switch (forgery) {
    case 'none':
      return { url, headers: signed(token), body };
    case 'unsigned':
      return { url, headers: {}, body };
    case 'signed with nonsense':
      return { url, headers: { 'x-twilio-signature': 'AAAA' }, body };
    case 'signed by a stranger':
      return { url, headers: signed('another token'), body };
    case 'other address':
      return { url, headers: signed(token, url.replace('http://', 'http://evil.')), body };
    case 'changed after':
      return {
        url,
        headers: signed(token),
        body: Buffer.concat([body, Buffer.from('&CallStatus=completed')]),
      };
    default:
      return forgery satisfies never;
  }
}
