import { getExpectedBodyHash, getExpectedTwilioSignature } from 'twilio/lib/webhooks/webhooks.js';
import { describe, expect, it } from 'vitest';
import { isSignedRequest } from '../../../app/calling/telephony/twilio/signature.ts';
import { withContractData } from './contract-data.ts';

type Params = Record<string, string | string[]>;
type Vector = {
  name: string;
  url: string;
  params?: Params;
  body?: string;
  signature: string;
  valid: boolean;
};

const bodyOf = ({ body, params = {} }: Pick<Vector, 'body' | 'params'>) =>
  body ??
  Object.entries(params)
    .flatMap(([name, value]) =>
      [value].flat().map((one) => `${encodeURIComponent(name)}=${encodeURIComponent(one)}`),
    )
    .join('&');
const holds = (token: string, vector: Vector) =>
  isSignedRequest(token, {
    url: vector.url,
    headers: { 'x-twilio-signature': vector.signature },
    body: Buffer.from(bodyOf(vector)),
  });

describe('our check of signatures', () => {
  const token = 'the token of our own cases';
  const json = '{"a":"è"}';
  it.each<[string, string, Params, string?]>([
    [
      'a form',
      'https://surveys.example.com/hook?call_id=1',
      { CallSid: 'CA1', To: '+39021234567', ToCity: '' },
    ],
    ['a port', 'https://surveys.example.com:8443/hook', { CallSid: 'CA1' }],
    ['accents and signs', 'https://surveys.example.com/hook?q=a%20b', { Text: 'perché & così + 1' }],
    ['a field that is repeated', 'https://surveys.example.com/hook', { Digits: ['2', '1', '1'] }],
    ['JSON', `https://surveys.example.com/hook?bodySHA256=${getExpectedBodyHash(json)}`, {}, json],
  ])('agrees with the vendor’s package: %s', (name, url, params, body) => {
    const signature = getExpectedTwilioSignature(token, url, body === undefined ? params : {});
    const vector = { name, url, params, signature, valid: true, ...(body === undefined ? {} : { body }) };
    expect(holds(token, vector)).toBe(true);
    expect(holds('another token', vector)).toBe(false);
    expect(holds(token, { ...vector, body: `${bodyOf(vector)}&x=1` })).toBe(false);
  });

  withContractData('14 signature vectors', 'telephony/twilio_signature_vectors.json', (data) => {
    const { authToken, vectors } = data() as { authToken: string; vectors: Vector[] };
    it('has all vectors', () => expect(vectors).toHaveLength(14));
    it.each(vectors)('$name', (vector) => expect(holds(authToken, vector)).toBe(vector.valid));
  });
});
