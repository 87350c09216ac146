import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRemoteJWKSet, decodeJwt, jwtVerify } from 'jose';
import {
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  buildEndSessionUrl,
  type Configuration,
  calculatePKCECodeChallenge,
  discovery,
  randomNonce,
  randomPKCECodeVerifier,
  randomState,
} from 'openid-client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fetchToken } from '../../embedded/fetch-token.ts';
import { type RunningIdentityProvider, startIdentityProvider } from '../../embedded/identity-provider.ts';

const CALLBACK = 'http://localhost:3000/api/auth/callback';
const HOME = 'http://localhost:3000/';
const clientSecret = 'a-secret-of-the-test-that-is-long-enough';

let dataDir: string;
let provider: RunningIdentityProvider;
let client: Configuration;

const start = () =>
  startIdentityProvider({
    port: 0,
    dataDir,
    clientSecret,
    redirectUris: [CALLBACK],
    backchannelLogoutUri: 'http://127.0.0.1:9/none',
    postLogoutRedirectUris: [HOME],
  });

beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'idp-test-'));
  provider = await start();
  client = await discovery(new URL(provider.issuer), 'voicesurveyagent', clientSecret, undefined, {
    execute: [allowInsecureRequests],
  });
});
afterAll(async () => {
  await provider.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

/** A browser without scripts: cookies and redirects; stops at a page or where it would leave the provider. */
class Browser {
  readonly #jar = new Map<string, string>();

  async open(url: string | URL, init: RequestInit = {}): Promise<{ url: URL; page: Response | null }> {
    let next = new URL(url);
    let request = init;
    while (next.origin === provider.issuer) {
      const cookie = [...this.#jar].map((pair) => pair.join('=')).join('; ');
      const response = await fetch(next, { ...request, redirect: 'manual', headers: { cookie } });
      for (const header of response.headers.getSetCookie()) {
        const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(header) ?? [];
        this.#jar.set(name, value);
      }
      const location = response.headers.get('location');
      if (location === null) return { url: next, page: response };
      next = new URL(location, next);
      request = {};
    }
    return { url: next, page: null };
  }
}

async function signInRequest(extra: Record<string, string> = {}) {
  const verifier = randomPKCECodeVerifier();
  const checks = {
    pkceCodeVerifier: verifier,
    expectedState: randomState(),
    expectedNonce: randomNonce(),
  };
  const url = buildAuthorizationUrl(client, {
    redirect_uri: CALLBACK,
    scope: 'openid email profile',
    code_challenge: await calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    state: checks.expectedState,
    nonce: checks.expectedNonce,
    ...extra,
  });
  return { url, checks };
}

async function signIn(browser: Browser, email: string) {
  const { url, checks } = await signInRequest({ login_hint: email });
  const end = await browser.open(url);
  return authorizationCodeGrant(client, end.url, checks);
}

describe('with login_hint', () => {
  test.each([
    ['admin@example.com', 'admin'],
    ['manager@example.com', 'campaign_manager'],
    ['viewer@example.com', 'viewer'],
    ['guest@example.com', undefined],
  ])('%s signs in by redirects alone, as %s', async (email, role) => {
    const tokens = await signIn(new Browser(), email);
    expect(tokens.claims()).toMatchObject({ email, email_verified: true, name: expect.any(String) });
    expect(tokens.claims()?.role).toBe(role);
    expect(decodeJwt(tokens.access_token).aud).toBe('urn:voicesurveyagent:api');
  });

  test('another account in the same browser takes over without a page', async () => {
    const browser = new Browser();
    expect((await signIn(browser, 'admin@example.com')).claims()?.email).toBe('admin@example.com');
    expect((await signIn(browser, 'viewer@example.com')).claims()?.email).toBe('viewer@example.com');
  });

  test('an unknown account gets the page, not a token', async () => {
    await expect(fetchToken(provider.issuer, 'stranger@example.com')).rejects.toThrow(/no such account/);
  });
});

test('the page without scripts signs in with one button', async () => {
  const browser = new Browser();
  const { url, checks } = await signInRequest();
  const asked = await browser.open(url);
  const html = (await asked.page?.text()) ?? '';
  expect(html).toContain('value="manager@example.com"');
  expect(html).not.toContain('<script');
  const body = new URLSearchParams({ email: 'manager@example.com' });
  const end = await browser.open(asked.url, { method: 'POST', body });
  const tokens = await authorizationCodeGrant(client, end.url, checks);
  expect(tokens.claims()?.role).toBe('campaign_manager');
});

test('an access token carries who it is for and who asks, and verifies against the published keys', async () => {
  const token = await fetchToken(provider.issuer, 'manager@example.com');
  const keys = createRemoteJWKSet(new URL(`${provider.issuer}/jwks`));
  const { payload, protectedHeader } = await jwtVerify(token, keys, {
    issuer: provider.issuer,
    audience: 'urn:voicesurveyagent:api',
  });
  expect(protectedHeader.alg).toBe('RS256');
  expect(payload).toMatchObject({ email: 'manager@example.com', role: 'campaign_manager' });
});

test('a request without PKCE is refused', async () => {
  const { url } = await signInRequest({ login_hint: 'admin@example.com' });
  url.searchParams.delete('code_challenge');
  url.searchParams.delete('code_challenge_method');
  expect((await new Browser().open(url)).url.searchParams.get('error')).toBe('invalid_request');
});

test('signing out is a redirect to the application, with or without a session', async () => {
  const browser = new Browser();
  const { id_token } = await signIn(browser, 'admin@example.com');
  const signOut = buildEndSessionUrl(client, {
    id_token_hint: id_token ?? '',
    post_logout_redirect_uri: HOME,
    state: 'back',
  });
  expect((await browser.open(signOut)).url.href).toBe(`${HOME}?state=back`);
  expect((await browser.open(signOut)).url.href).toBe(`${HOME}?state=back`);
  signOut.searchParams.set('post_logout_redirect_uri', 'http://elsewhere.example/');
  expect((await browser.open(signOut)).page?.status).toBe(400);
});

test('tokens outlive a restart: the keys are in the folder', async () => {
  const token = await fetchToken(provider.issuer, 'admin@example.com');
  const restarted = await start();
  const keys = createRemoteJWKSet(new URL(`${restarted.issuer}/jwks`));
  await expect(jwtVerify(token, keys)).resolves.toBeDefined();
  await restarted.stop();
});
