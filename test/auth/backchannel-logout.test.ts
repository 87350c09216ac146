import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { endProviderSessions } from '../../app/auth/end-provider-sessions.ts';
import { findSession } from '../../app/auth/find-session.ts';
import { AUDIENCE, CLIENT_ID } from './an-issuer.ts';
import { type Claims, type SignInHarness, signInHarness } from './sign-in-harness.ts';

let harness: SignInHarness;
beforeAll(async () => {
  harness = await signInHarness();
});
afterAll(() => harness.stop());
beforeEach(() => harness.forgetAll());

const EVENT = 'http://schemas.openid.net/event/backchannel-logout';
let count = 0;
const logout = (claims: Claims) => {
  const iat = Math.floor(Date.now() / 1_000);
  count += 1;
  const base = { iss: harness.issuer.issuer, aud: CLIENT_ID, iat, exp: iat + 120, jti: `logout ${count}` };
  return { ...base, events: { [EVENT]: {} }, ...claims };
};
const tell = (logout_token: string) => endProviderSessions(harness.ctx, { logout_token, now: new Date() });
const tellOf = async (claims: Claims) => tell(await harness.issuer.sign(logout(claims)));
const isOpen = async ({ token }: { token: string }) =>
  (await findSession(harness.db, { token, now: new Date(), idle_minutes: 30 })) !== null;
const BORIS = { sub: 'boris', email: 'boris@example.com' };

describe('a logout at the provider', () => {
  it('ends the session it names, and no other', async () => {
    const [laptop, telephone] = [await harness.signIn({ sid: 'one' }), await harness.signIn({ sid: 'two' })];
    expect(await tellOf({ sid: 'one', sub: 'anna' })).toBe(1);
    expect([await isOpen(laptop), await isOpen(telephone)]).toEqual([false, true]);
    expect(await harness.actions()).toContain('auth.session_ended_by_provider');
  });

  it('of a person ends all of theirs, and nobody else’s', async () => {
    const mine = [await harness.signIn({ sid: 'one' }), await harness.signIn()];
    const other = await harness.signIn(BORIS);
    expect(await tellOf({ sub: 'anna' })).toBe(2);
    expect(await Promise.all([...mine, other].map(isOpen))).toEqual([false, false, true]);
  });

  it('also ends one that began without a name', async () => {
    const session = await harness.signIn();
    expect(await tellOf({ sub: 'anna', sid: 'one' })).toBe(1);
    expect(await isOpen(session)).toBe(false);
  });

  it('sent again does not end what began since', async () => {
    const token = await harness.issuer.sign(logout({ sub: 'anna' }));
    await harness.signIn();
    expect(await tell(token)).toBe(1);
    const later = await harness.signIn();
    expect(await tell(token)).toBe(0);
    expect(await isOpen(later)).toBe(true);
  });

  const HOUR_AGO = Math.floor(Date.now() / 1_000) - 3_600;
  it.each<[string, () => Promise<string> | string]>([
    ['that is empty', () => ''],
    ['that is an ID token', () => harness.issuer.sign(logout({ sub: 'anna', nonce: 'n' }))],
    ['without the event', () => harness.issuer.sign(logout({ sub: 'anna', events: {} }))],
    ['that names nobody', () => harness.issuer.sign(logout({}))],
    ['without an id of its own', () => harness.issuer.sign(logout({ sub: 'anna', jti: undefined }))],
    ['for another audience', () => harness.issuer.sign(logout({ sub: 'anna', aud: AUDIENCE }))],
    ['of another issuer', () => harness.issuer.sign(logout({ sub: 'anna', iss: 'https://evil.example' }))],
    ['that is old', () => harness.issuer.sign(logout({ sub: 'anna', iat: HOUR_AGO }))],
    ['that has expired', () => harness.issuer.sign(logout({ sub: 'anna', exp: HOUR_AGO }))],
    [
      'that nobody signed',
      () => {
        const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
        return `${part({ alg: 'none' })}.${part(logout({ sub: 'anna' }))}.`;
      },
    ],
    [
      'signed with another key',
      async () => {
        await harness.issuer.addKey('foreign', { publish: false });
        return harness.issuer.sign(logout({ sub: 'anna' }), 'foreign', 'first');
      },
    ],
  ])('by a token %s ends nothing', async (_name, make) => {
    const session = await harness.signIn();
    await expect(tell(await make())).rejects.toMatchObject({ code: 'auth.bad_logout_token' });
    expect(await isOpen(session)).toBe(true);
  });
});
