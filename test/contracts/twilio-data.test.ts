import { Ajv, type ValidateFunction } from 'ajv';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isKnownCode, kindOfCode } from '../../app/calling/telephony/twilio/error-codes.ts';
import { twilioProvider } from '../../app/calling/telephony/twilio/twilio-provider.ts';
import { newId } from '../../app/infra/db/id.ts';
import { CarrierUnderTest } from '../carrier/carrier-under-test.ts';
import { contractData } from './contract-data.ts';
import { twilioVendor } from './telephony/twilio-vendor.ts';
import type { VendorUnderTest } from './telephony/vendor-under-test.ts';

type Vector = {
  name: string;
  url: string;
  params?: Record<string, string | string[]>;
  body?: string;
  signature: string;
  valid: boolean;
};
type Schema = Record<string, unknown>;
type Operation = {
  requestBody?: { content: Record<string, { schema: Schema }> };
  responses: Record<string, { content?: Record<string, { schema: Schema }> }>;
};
type OpenApi = {
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, Schema> };
};

const vectors = contractData<{ authToken: string; vectors: Vector[] }>(
  'telephony/twilio_signature_vectors.json',
);
const codes = contractData<{ code: number; message: string }[]>('telephony/twilio_error_codes.voice.json');
const openApi = contractData<OpenApi>('telephony/twilio_api_v2010.calls.json');

describe.runIf(vectors)('the vendor’s signature vectors', () => {
  it.each(vectors?.vectors ?? [])('$name is $valid', ({ url, params, body, signature, valid }) => {
    const provider = twilioProvider({
      account_sid: `AC${'0'.repeat(32)}`,
      auth_token: vectors!.authToken,
      base_url: 'http://127.0.0.1:9',
      public_url: 'https://mycompany.com',
    });
    const form = new URLSearchParams();
    for (const [name, value] of Object.entries(params ?? {}))
      for (const one of [value].flat()) form.append(name, one);
    const request = {
      url,
      headers: { 'x-twilio-signature': signature },
      body: Buffer.from(body ?? form.toString()),
    };
    expect(provider.verifyWebhook(request)).toBe(valid);
  });
});

describe.runIf(codes)('the vendor’s error codes', () => {
  it('are all weighed', () => {
    expect((codes ?? []).filter(({ code }) => !isKnownCode(code))).toEqual([]);
  });

  it('that speak of the called number blame the number and no campaign', () => {
    const ofNumber =
      /^(?!.*(From|caller|verified|SMS|SIP:|specified|Caller)).*\b(To' phone number|called number|not support calling this number|phone number does not|invalid phone number format|blocklist|block list)/i;
    const blamed = (codes ?? [])
      .filter(({ message }) => ofNumber.test(message))
      .map(({ code }) => [code, kindOfCode(code)]);
    expect(blamed.length).toBeGreaterThan(4);
    expect(blamed.filter(([, kind]) => kind === 'configuration' || kind === 'account')).toEqual([]);
  });
});

const CALLS = '/2010-04-01/Accounts/{AccountSid}/Calls.json';
const CALL = '/2010-04-01/Accounts/{AccountSid}/Calls/{Sid}.json';

/** A judge for one schema of the description; `isForm`: everything is text, and nothing unknown may be sent. */
function judge(schema: Schema, isForm: boolean): ValidateFunction {
  const ajv = new Ajv({ strict: false, coerceTypes: isForm ? 'array' : false, allErrors: true });
  ajv.addFormat('date-time-rfc-2822', /^\w{3}, \d{2} \w{3} \d{4} \d{2}:\d{2}:\d{2} \+0000$/);
  ajv.addFormat('uri', isForm ? /^https?:\/\// : /^(https?:\/)?\//);
  for (const name of ['endpoint', 'phone-number', 'http-method', 'uri-map', 'currency', 'decimal', 'twiml'])
    ajv.addFormat(name, true);
  ajv.addSchema({ $id: 'api', components: openApi!.components });
  const resolved = JSON.parse(
    JSON.stringify(schema).replaceAll('#/components/', 'api#/components/'),
  ) as Schema;
  return ajv.compile(isForm ? { ...resolved, additionalProperties: false } : resolved);
}

function answerSchema(path: string, method: string, status: string): Schema {
  return openApi!.paths[path]![method]!.responses[status]!.content!['application/json']!.schema;
}

describe.runIf(openApi)('the vendor’s own description', () => {
  let vendor: VendorUnderTest;
  let carrier: CarrierUnderTest;
  beforeAll(async () => {
    vendor = await twilioVendor();
    carrier = await CarrierUnderTest.start();
  });
  afterAll(async () => {
    await vendor.stop();
    await carrier.stop();
  });

  function expectValid(judged: ValidateFunction, value: unknown): void {
    judged(value);
    expect(judged.errors ?? []).toEqual([]);
  }

  it('accepts what the adapter asks for', async () => {
    const to = vendor.number('busy');
    await vendor.provider().placeCall({
      to,
      from: vendor.from,
      callback_url: vendor.callback_url,
      language: 'en',
      metadata: { call_id: newId(), campaign_id: newId(), contact_id: newId() },
      ring_timeout_seconds: 25,
      time_limit_seconds: 300,
    });
    const { schema } =
      openApi!.paths[CALLS]!.post!.requestBody!.content['application/x-www-form-urlencoded']!;
    expectValid(judge(schema, true), vendor.asked(to)[0]);
    const misspelt = judge(schema, true);
    expect(misspelt({ ...vendor.asked(to)[0], StatusCalback: 'x' }), 'the judge can say no').toBe(false);
  });

  it('is kept by the simulated carrier’s answers: a new call, a call, a list of calls', async () => {
    const auth = `Basic ${btoa(`${carrier.options.accountSid}:${carrier.options.authToken}`)}`;
    const base = `${carrier.url}/2010-04-01/Accounts/${carrier.options.accountSid}`;
    const ask = async (path: string, form?: Record<string, string>) => {
      const init = form ? { method: 'POST', body: new URLSearchParams(form) } : {};
      return (
        await fetch(`${base}${path}`, { ...init, headers: { authorization: auth } })
      ).json() as Promise<{ sid: string }>;
    };
    const { url } = carrier.application;
    const form = {
      To: '+393331234508',
      From: vendor.from,
      Url: `${url}/answer`,
      StatusCallback: `${url}/events?call_id=x`,
    };
    const created = await ask('/Calls.json', { ...form, StatusCallbackEvent: 'completed' });
    expectValid(judge(answerSchema(CALLS, 'post', '201'), false), created);
    await carrier.ended(created.sid, 'x');
    expectValid(judge(answerSchema(CALL, 'get', '200'), false), await ask(`/Calls/${created.sid}.json`));
    expectValid(judge(answerSchema(CALLS, 'get', '200'), false), await ask('/Calls.json?PageSize=1'));
    const fields = Object.keys(openApi!.components.schemas['api.v2010.account.call']!.properties as object);
    expect(Object.keys(created).sort()).toEqual(fields.sort());
  });
});

// What always runs: our own reading of the vendor's documentation.
describe('error codes', () => {
  it.each([
    [21211, 'invalid_number'],
    [21217, 'invalid_number'],
    [21202, 'invalid_number'],
    [21214, 'unreachable'],
    [13224, 'unreachable'],
    [21216, 'blocked'],
    [20003, 'account'],
    [10001, 'account'],
    [20429, 'throttled'],
    [10004, 'throttled'],
    [20500, 'transient'],
    [11200, 'transient'],
    [21215, 'configuration'],
    [21212, 'configuration'],
    [99_999, 'configuration'],
  ])('%i is %s', (code, kind) => {
    expect(kindOfCode(code)).toBe(kind);
  });
});
