import { getExpectedBodyHash, getExpectedTwilioSignature } from 'twilio/lib/webhooks/webhooks.js';
import { describe, expect, it } from 'vitest';
import { twilioProvider } from './twilio-provider.ts';

const TOKEN = 'a token';
const ORIGIN = 'https://surveys.example.com';
const CALL_ID = '01a207da-3c2c-7cb2-8180-0cf5dbe86e4d';
const EVENTS = `${ORIGIN}/webhooks/telephony/events?call_id=${CALL_ID}`;
const NOW = new Date('2026-11-25T11:00:00Z');
const twilio = twilioProvider({
  account_sid: `AC${'0'.repeat(32)}`,
  auth_token: TOKEN,
  base_url: 'http://127.0.0.1:9',
  public_url: ORIGIN,
});

function callback(params: Record<string, string>, url = EVENTS) {
  const signature = getExpectedTwilioSignature(TOKEN, url, params);
  const headers = { 'x-twilio-signature': signature };
  return { url, headers, body: Buffer.from(new URLSearchParams(params).toString()) };
}
const STATUS = {
  CallSid: 'CA1',
  CallStatus: 'ringing',
  To: '+390212345678',
  ToCity: '',
  SequenceNumber: '1',
};

describe('signatures', () => {
  it('are those of the SDK, empty fields included', () => {
    expect(twilio.verifyWebhook(callback(STATUS))).toBe(true);
  });

  it('fail for another body, address, token, or none', () => {
    const good = callback(STATUS);
    const body = Buffer.from(good.body.toString().replace('ringing', 'completed'));
    expect(twilio.verifyWebhook({ ...good, body })).toBe(false);
    expect(twilio.verifyWebhook({ ...good, url: EVENTS.replace('0cf5', '0cf6') })).toBe(false);
    expect(twilio.verifyWebhook({ ...good, headers: {} })).toBe(false);
    expect(twilio.verifyWebhook({ ...good, headers: { 'x-twilio-signature': 'AAAA' } })).toBe(false);
  });

  it('never hold without a token of the account', () => {
    const unset = twilioProvider({ account_sid: '', auth_token: '', base_url: '', public_url: ORIGIN });
    const signature = getExpectedTwilioSignature('', EVENTS, STATUS);
    expect(unset.verifyWebhook({ ...callback(STATUS), headers: { 'x-twilio-signature': signature } })).toBe(
      false,
    );
  });

  it('cover a body that is no form by its hash in the address', () => {
    const body = '{"a":1}';
    const url = `${EVENTS}&bodySHA256=${getExpectedBodyHash(body)}`;
    const headers = { 'x-twilio-signature': getExpectedTwilioSignature(TOKEN, url, {}) };
    expect(twilio.verifyWebhook({ url, headers, body: Buffer.from(body) })).toBe(true);
    expect(twilio.verifyWebhook({ url, headers, body: Buffer.from('{"a":2}') })).toBe(false);
  });

  it('of a handshake are over the socket’s address as the document gives it', () => {
    const { body } = twilio.connectDocument({ call_id: CALL_ID, token: 't', language: 'en' });
    const url = /<ConversationRelay url="([^"]+)"/.exec(body)![1]!;
    expect(url).toBe('wss://surveys.example.com/webhooks/telephony/conversation');
    const sign = (signed: string) => ({
      'x-twilio-signature': getExpectedTwilioSignature(TOKEN, signed, {}),
    });
    expect(twilio.verifySocket({ url, headers: sign(url), body: Buffer.alloc(0) })).toBe(true);
    const asHttps = sign(url.replace('wss', 'https'));
    expect(twilio.verifySocket({ url, headers: asHttps, body: Buffer.alloc(0) })).toBe(false);
  });
});

describe('callbacks', () => {
  const read = (params: Record<string, string>) => twilio.parseWebhook(callback(params), NOW);

  it.each([
    ['initiated', 'initiated'],
    ['ringing', 'ringing'],
    ['in-progress', 'answered'],
    ['completed', 'completed'],
    ['busy', 'busy'],
    ['no-answer', 'no_answer'],
    ['canceled', 'failed'],
    ['failed', 'failed'],
    ['something-new', 'other'],
  ])('%s is %s', (CallStatus, type) => {
    expect(read({ CallSid: 'CA1', CallStatus })).toMatchObject([
      { type, provider_call_id: 'CA1', call_id: CALL_ID, provider_raw_status: CallStatus },
    ]);
  });

  it('keep the moment it happened, and no number of anybody', () => {
    const [event] = read({ ...STATUS, Timestamp: 'Sun, 30 Aug 2026 08:39:11 +0000' });
    expect(event!.occurred_at).toEqual(new Date('2026-08-30T08:39:11Z'));
    expect(JSON.stringify(event)).not.toContain('390212345678');
  });

  it.each([
    [{ SipResponseCode: '404' }, { code: 'sip_404', kind: 'invalid_number' }],
    [{ SipResponseCode: '603' }, { code: 'sip_603', kind: 'blocked' }],
    [{ SipResponseCode: '503' }, { code: 'sip_503', kind: 'transient' }],
    [
      { ErrorCode: '13224', SipResponseCode: '500' },
      { code: '13224', kind: 'invalid_number' },
    ],
  ])('of a failure say whose it is: %o', (params, error) => {
    expect(read({ CallSid: 'CA1', CallStatus: 'failed', ...params })).toMatchObject([{ error }]);
  });

  it.each([
    ['machine_start', 'machine_detected'],
    ['fax', 'machine_detected'],
    ['human', 'human_detected'],
    ['unknown', 'other'],
  ])('of the detection: %s is %s', (AnsweredBy, type) => {
    const params = {
      CallSid: 'CA1',
      CallStatus: 'in-progress',
      AnsweredBy,
      MachineDetectionDuration: '3000',
    };
    expect(read(params).map((event) => event.type)).toEqual([type]);
  });

  it('without a call are nothing', () => {
    expect(read({ Hello: 'world' })).toEqual([]);
  });
});

describe('the relay', () => {
  const { parse, say, end } = twilio.conversation;

  it.each([
    [
      { type: 'setup', callSid: 'CA1', customParameters: { token: 't' } },
      { type: 'setup', provider_call_id: 'CA1', token: 't' },
    ],
    [
      { type: 'setup', callSid: 'CA1' },
      { type: 'setup', provider_call_id: 'CA1', token: null },
    ],
    [
      { type: 'prompt', voicePrompt: 'yes', last: true },
      { type: 'heard', text: 'yes', is_final: true },
    ],
    [
      { type: 'prompt', voicePrompt: 'ye', last: false },
      { type: 'heard', text: 'ye', is_final: false },
    ],
    [
      { type: 'interrupt', utteranceUntilInterrupt: 'Hel' },
      { type: 'interrupted', heard: 'Hel' },
    ],
    [
      { type: 'dtmf', digit: 1 },
      { type: 'key', digit: '1' },
    ],
    [
      { type: 'info', name: 'tokensPlayed', value: 'Hello,' },
      { type: 'played', text: 'Hello,' },
    ],
    [
      { type: 'info', name: 'agentSpeaking', value: 'off' },
      { type: 'agent_speaking', on: false },
    ],
    [
      { type: 'info', name: 'clientSpeaking', value: 'on' },
      { type: 'respondent_speaking', on: true },
    ],
    [{ type: 'brand-new' }, { type: 'ignored' }],
  ])('%o means %o', (frame, expected) => {
    expect(parse(JSON.stringify(frame))).toEqual(expected);
  });

  it('survives what is no frame', () => {
    for (const text of ['', 'null', '[]', '{"type":3}', 'Bad Gateway'])
      expect(parse(text)).toEqual({ type: 'ignored' });
  });

  it('speaks one closed cycle a turn, and ends with a reason', () => {
    expect(say('Hello.', { interruptible: false }).map((frame) => JSON.parse(frame))).toEqual([
      { type: 'text', token: 'Hello.', last: true, interruptible: false, preemptible: false },
    ]);
    expect(JSON.parse(end('over'))).toMatchObject({ type: 'end' });
  });

  it('is opened by a document that names every attribute it relies on', () => {
    const { body } = twilio.connectDocument({ call_id: CALL_ID, token: 'a&b', language: 'it' });
    for (const part of [
      `<Connect action="${ORIGIN}/webhooks/telephony/ended?call_id=${CALL_ID}" method="POST">`,
      'language="it-IT"',
      'reportInputDuringAgentSpeech="speech"',
      'interruptible="speech"',
      'dtmfDetection="true"',
      'events="speaker-events tokens-played"',
      '<Parameter name="token" value="a&amp;b"/>',
    ]) {
      expect(body).toContain(part);
    }
  });
});
