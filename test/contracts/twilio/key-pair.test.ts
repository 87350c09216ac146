import { afterAll, beforeAll, expect, it } from 'vitest';
import { twilioProvider } from '../../../app/calling/telephony/twilio/twilio-provider.ts';
import type { AdapterUnderTest } from '../telephony/adapter-under-test.ts';
import { ACCOUNT, startTwilio } from '../telephony/twilio-under-test.ts';

let adapter: AdapterUnderTest;
beforeAll(async () => {
  adapter = await startTwilio('https://surveys.example.com');
});
afterAll(() => adapter.stop());

const authorisedBy = async (more: { api_key_sid?: string; api_key_secret?: string }) => {
  const provider = twilioProvider({
    account_sid: ACCOUNT,
    auth_token: 'a token',
    base_url: adapter.wire.url,
    public_url: 'https://surveys.example.com',
    ...more,
  });
  await provider.health();
  const { headers, path } = adapter.wire.exchanges.at(-1)!.request;
  expect(path).toContain(`/Accounts/${ACCOUNT}/`);
  return atob(headers.authorization!.replace('Basic ', ''));
};

it('a key pair stands in for the token in requests, half of one does not', async () => {
  const api_key_sid = `SK${'0'.repeat(32)}`;
  expect(await authorisedBy({ api_key_sid, api_key_secret: 'a secret' })).toBe(`${api_key_sid}:a secret`);
  expect(await authorisedBy({ api_key_sid })).toBe(`${ACCOUNT}:a token`);
  expect(await authorisedBy({})).toBe(`${ACCOUNT}:a token`);
});
