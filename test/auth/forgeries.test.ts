import { SignJWT } from 'jose';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { finishSignIn } from '../../app/auth/finish-sign-in.ts';
import { CLIENT_ID, CLIENT_SECRET } from './an-issuer.ts';
import { BROWSER, REFUSED, type SignInHarness, type Started, signInHarness } from './sign-in-harness.ts';

let harness: SignInHarness;
beforeAll(async () => {
  harness = await signInHarness();
});
afterAll(() => harness.stop());
beforeEach(() => harness.forgetAll());

const b64 = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
const past = Math.floor(Date.now() / 1_000) - 3_600;

/** Each forges the ID token of an honest sign-in in one way. */
const FORGERIES: Record<string, (started: Started) => Promise<string> | string> = {
  'signed with another key': async ({ claims }) => {
    await harness.issuer.addKey('foreign', { publish: false });
    return harness.issuer.sign(claims, 'foreign', 'first');
  },
  'signed with a key that nobody published': async ({ claims }) => {
    await harness.issuer.addKey('unknown', { publish: false });
    return harness.issuer.sign(claims, 'unknown');
  },
  'changed after signing': async ({ claims }) => {
    const [header, , signature] = (await harness.issuer.sign(claims)).split('.');
    return `${header}.${b64({ ...claims, groups: ['bosses'] })}.${signature}`;
  },
  'without a signature': async ({ claims }) => {
    const [header, body] = (await harness.issuer.sign(claims)).split('.');
    return `${header}.${body}.`;
  },
  'with alg none': ({ claims }) => `${b64({ alg: 'none' })}.${b64(claims)}.`,
  'with HS256 under the client secret': ({ claims }) =>
    new SignJWT(claims).setProtectedHeader({ alg: 'HS256' }).sign(Buffer.from(CLIENT_SECRET)),
  'with HS256 under the public key': async ({ claims }) => {
    const publicKey = Buffer.from(JSON.stringify(await harness.issuer.publicKey()));
    return new SignJWT(claims).setProtectedHeader({ alg: 'HS256', kid: 'first' }).sign(publicKey);
  },
  'for another audience': ({ claims }) => harness.issuer.sign({ ...claims, aud: 'another-client' }),
  'for two audiences, made for the other': ({ claims }) =>
    harness.issuer.sign({ ...claims, aud: [CLIENT_ID, 'other'], azp: 'other' }),
  'made for another client, audience or not': ({ claims }) =>
    harness.issuer.sign({ ...claims, azp: 'other' }),
  'that does not count yet': ({ claims }) => harness.issuer.sign({ ...claims, nbf: past + 7_200 }),
  'without the time of issue': ({ claims: { iat: _, ...claims } }) => harness.issuer.sign(claims),
  'of another issuer': ({ claims }) => harness.issuer.sign({ ...claims, iss: 'https://evil.example' }),
  'with another nonce': ({ claims }) => harness.issuer.sign({ ...claims, nonce: 'old' }),
  'without a nonce': ({ claims: { nonce: _, ...claims } }) => harness.issuer.sign(claims),
  'that has expired': ({ claims }) => harness.issuer.sign({ ...claims, iat: past, exp: past + 60 }),
  'without an expiry': ({ claims: { exp: _, ...claims } }) => harness.issuer.sign(claims),
  'without a subject': ({ claims: { sub: _, ...claims } }) => harness.issuer.sign(claims),
  'without an e-mail address': ({ claims: { email: _, ...claims } }) => harness.issuer.sign(claims),
  'that is no token': () => 'not.a.token',
  'that is empty': () => '',
};

describe('an ID token', () => {
  it.each(Object.entries(FORGERIES))('%s opens nothing', async (_name, forge) => {
    const started = await harness.start();
    harness.answerWith(started.answer, await forge(started));
    await expect(harness.finish(started)).rejects.toMatchObject(REFUSED);
    expect(await harness.users()).toEqual([]);
    expect(await harness.actions()).toEqual(['auth.sign_in_failed']);
  });
});

describe('a callback', () => {
  const honest = async () => {
    const started = await harness.start();
    harness.answerWith(started.answer, await harness.issuer.sign(started.claims));
    return started;
  };

  it('counts once', async () => {
    const started = await honest();
    await harness.finish(started);
    await expect(harness.finish(started)).rejects.toMatchObject(REFUSED);
  });

  it('counts only in the browser that began', async () => {
    const started = await honest();
    const input = { ...BROWSER, query: harness.callback(started), now: new Date() };
    await expect(finishSignIn(harness.ctx, { ...input, browser_state: undefined })).rejects.toMatchObject(
      REFUSED,
    );
    const other = await harness.start();
    await expect(finishSignIn(harness.ctx, { ...input, browser_state: other.state })).rejects.toMatchObject(
      REFUSED,
    );
  });

  it('counts for ten minutes', async () => {
    const started = await honest();
    const late = new Date(Date.now() + 11 * 60_000);
    await expect(harness.finish(started, harness.callback(started), late)).rejects.toMatchObject(REFUSED);
  });

  it.each([
    ['names another issuer', { iss: 'https://evil.example' }],
    ['brings an error', { error: 'access_denied' }],
  ])('that %s is refused', async (_name, more) => {
    const started = await honest();
    await expect(harness.finish(started, harness.callback(started, more))).rejects.toMatchObject(REFUSED);
  });

  it.each(['iss', 'code', 'state'])('without %s is refused', async (name) => {
    const started = await honest();
    const query = harness.callback(started);
    query.delete(name);
    await expect(harness.finish(started, query)).rejects.toMatchObject(REFUSED);
  });

  it('whose code the provider refuses is refused', async () => {
    const started = await harness.start();
    harness.issuer.answerTokens(async () => ({ status: 400, body: { error: 'invalid_grant' } }));
    await expect(harness.finish(started)).rejects.toMatchObject(REFUSED);
  });

  it('proves by its verifier that the code is its own', async () => {
    const started = await honest();
    let sent: URLSearchParams | undefined;
    const id_token = await harness.issuer.sign(started.claims);
    harness.issuer.answerTokens(async (form) => {
      sent = form;
      return { body: { ...started.answer, id_token } };
    });
    await harness.finish(started);
    expect(sent?.get('code_verifier')).toMatch(/^[\w-]{43}$/);
    expect(sent?.get('redirect_uri')).toBe('http://localhost:3000/api/auth/callback');
  });
});
