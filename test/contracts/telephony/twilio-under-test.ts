import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { getExpectedTwilioSignature } from 'twilio/lib/webhooks/webhooks.js';
import type { FailureKind } from '../../../app/calling/telephony/provider.ts';
import { type TwilioOptions, twilioProvider } from '../../../app/calling/telephony/twilio/twilio-provider.ts';
import type { Fact } from '../../../carrier/journal.ts';
import { startCarrier } from '../../../carrier/start-carrier.ts';
import type { AdapterUnderTest, Signer, VendorFact } from './adapter-under-test.ts';
import { Wire } from './wire.ts';

export const ACCOUNT = `AC${'0123456789abcdef'.repeat(2)}`;
const ANOTHER_ACCOUNT = `AC${'f'.repeat(32)}`;
const TOKENS = { ours: 'the-token-of-now', ours_next: 'the-token-to-come', somebody: 'another-token' };
const STATUS = { answered: 'in-progress', no_answer: 'no-answer', unheard_of: 'levitating' } as Record<
  string,
  string
>;
const ANSWERED_BY = { machine: 'machine_start', human: 'human', unclear: 'unknown' };
const REFUSALS: Record<FailureKind, [status: number, code: number]> = {
  invalid_number: [400, 21211],
  blocked: [400, 21216],
  configuration: [400, 21212],
  account: [401, 20003],
  throttled: [429, 20429],
  transient: [400, 20409],
};

const refusal = (status: number, code: number) => {
  const body = { code, message: 'refused: +393339990000', more_info: 'https://www.twilio.com/docs', status };
  return { status, type: 'application/json', body: JSON.stringify(body) };
};

function sign(request: { url: string; body: string }, signer: Signer = 'ours') {
  const params: Record<string, string> = Object.fromEntries(new URLSearchParams(request.body));
  const headers: Record<string, string> =
    signer === 'nobody'
      ? {}
      : { 'x-twilio-signature': getExpectedTwilioSignature(TOKENS[signer], request.url, params) };
  const type = { 'content-type': 'application/x-www-form-urlencoded' };
  return { url: request.url, headers: { ...headers, ...type }, body: Buffer.from(request.body) };
}

function formOf(fact: VendorFact): Record<string, string> {
  return {
    AccountSid: fact.account === 'another' ? ANOTHER_ACCOUNT : ACCOUNT,
    CallSid: fact.provider_call_id,
    CallStatus: STATUS[fact.status] ?? fact.status,
    To: fact.to ?? '+393330001111',
    Called: fact.to ?? '+393330001111',
    ToCity: '',
    CallbackSource: 'call-progress-events',
    ...(fact.at ? { Timestamp: fact.at.toUTCString() } : {}),
    ...(fact.answered_by
      ? { AnsweredBy: ANSWERED_BY[fact.answered_by], MachineDetectionDuration: '2900' }
      : {}),
    ...(fact.failure ? { SipResponseCode: fact.failure === 'passing' ? '503' : '404' } : {}),
  };
}

/** Twilio's adapter before the simulated network, with a wire between them. */
export async function startTwilio(public_url: string): Promise<AdapterUnderTest> {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'kit-'));
  const carrier = await startCarrier({
    accountSid: ACCOUNT,
    authToken: TOKENS.ours,
    dataDir,
    speed: 100,
    seed: 7,
  });
  const wire = new Wire(carrier.url);
  await wire.start();
  const options: TwilioOptions = {
    account_sid: ACCOUNT,
    auth_token: TOKENS.ours,
    base_url: wire.url,
    public_url,
    timeout_ms: 1_500,
  };
  return {
    provider: twilioProvider(options),
    variants: {
      wrong_credentials: twilioProvider({ ...options, auth_token: TOKENS.somebody }),
      rotating: twilioProvider({ ...options, auth_token_secondary: TOKENS.ours_next }),
      unreachable: twilioProvider({ ...options, base_url: 'http://127.0.0.1:9' }),
    },
    secrets: [...Object.values(TOKENS), btoa(`${ACCOUNT}:${TOKENS.ours}`)],
    from: '+390299990000',
    numbers: { rings_long: '+393335550007', busy: '+393335550008' },
    wire,
    rang: async (to) => {
      const facts = (await (await fetch(`${carrier.url}/log`)).text()).split('\n').filter(Boolean);
      return facts
        .map((line) => JSON.parse(line) as Fact)
        .filter((fact) => fact.fact === 'accepted' && fact.to === to)
        .map((fact) => fact.call_sid);
    },
    isPlacement: ({ method, path: at }) => method === 'POST' && at.endsWith('/Calls.json'),
    readPlacement: ({ body }) => {
      const form = new URLSearchParams(body);
      const events = form.getAll('StatusCallbackEvent').join();
      return {
        to: form.get('To')!,
        from: form.get('From')!,
        callback_url:
          events === 'initiated,ringing,answered,completed' ? form.get('StatusCallback')! : events,
        ring_timeout_seconds: Number(form.get('Timeout')),
        time_limit_seconds: Number(form.get('TimeLimit')),
        records: form.get('Record') !== 'false',
        detects_machines: form.get('MachineDetection') === 'Enable' && form.get('AsyncAmd') === 'true',
      };
    },
    refusal: (kind) => refusal(...REFUSALS[kind]),
    serverError: refusal(500, 20500),
    webhook: (fact, signer) =>
      sign(
        {
          url: `${public_url}/webhooks/telephony/events?${new URLSearchParams(fact.metadata)}`,
          body: new URLSearchParams(formOf(fact)).toString(),
        },
        signer,
      ),
    sign,
    handshake: (url, signer) => sign({ url, body: '' }, signer),
    frames: {
      setup: (token) => JSON.stringify({ type: 'setup', callSid: 'CA1', customParameters: { token } }),
      heard: (voicePrompt) => JSON.stringify({ type: 'prompt', voicePrompt, lang: 'en-US', last: true }),
      key: (digit) => JSON.stringify({ type: 'dtmf', digit }),
      garbage: ['', '[]', 'null', '{"type":', '{"type":7}', '<html>', '{"type":"prompt","voicePrompt":{}}'],
    },
    stop: async () => {
      await wire.stop();
      await carrier.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
