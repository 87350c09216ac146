import { SignJWT } from 'jose';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { beginSignIn } from '../../app/auth/begin-sign-in.ts';
import { findSession } from '../../app/auth/find-session.ts';
import { finishSignIn } from '../../app/auth/finish-sign-in.ts';
import { Secret } from '../../app/infra/config/secret.ts';
import { testDatabase } from '../support/database.ts';
import { CLIENT_ID, CLIENT_SECRET, oidcConfig, startIssuer, type TestIssuer } from './an-issuer.ts';

let issuer: TestIssuer;
let database: Awaited<ReturnType<typeof testDatabase>>;
let ctx: Parameters<typeof finishSignIn>[0];
beforeAll(async () => {
  issuer = await startIssuer();
  database = await testDatabase();
  ctx = {
    db: database.db,
    config: {
      oidc: { ...oidcConfig(issuer.issuer), client_secret: new Secret(CLIENT_SECRET) },
      public_url: 'http://localhost:3000',
      session_absolute_hours: 8,
      encryption_key: new Secret(Buffer.alloc(32, 7)),
    },
  };
});
afterAll(async () => {
  await issuer.stop();
  await database.close();
});

type Claims = Record<string, unknown>;
type Started = { state: string; claims: Claims; answer: Record<string, unknown> };

/** What an honest provider would put into the ID token of a sign-in that has just been started. */
async function start(now = new Date()): Promise<Started> {
  const { location, state } = await beginSignIn(ctx, { return_to: '/x', login_hint: undefined, now });
  const iat = Math.floor(Date.now() / 1_000);
  const nonce = new URL(location).searchParams.get('nonce');
  const who = { sub: 'anna', email: 'anna@example.com', name: 'Anna', groups: ['callers', 'others'] };
  const claims = { iss: issuer.issuer, aud: CLIENT_ID, iat, exp: iat + 300, nonce, ...who };
  return { state, claims, answer: { access_token: 'opaque', token_type: 'Bearer' } };
}

function answerWith(answer: Record<string, unknown>, id_token?: string): void {
  issuer.answerTokens(async () => ({ body: { ...answer, ...(id_token ? { id_token } : {}) } }));
}

const callback = ({ state }: Started, more: Record<string, string> = {}) =>
  new URLSearchParams({ code: 'c', state, iss: issuer.issuer, ...more });
const finish = (started: Started, query = callback(started), now = new Date()) =>
  finishSignIn(ctx, { query, browser_state: started.state, now });
const REFUSED = { code: 'auth.sign_in_failed' };

async function signIn(claims: Claims = {}) {
  const started = await start();
  answerWith(started.answer, await issuer.sign({ ...started.claims, ...claims }));
  return finish(started);
}
const users = () => database.db.selectFrom('user').selectAll().orderBy('id').execute();
const actions = async () =>
  (await database.db.selectFrom('audit_log_entry').select('action').orderBy('id').execute()).map(
    ({ action }) => action,
  );

beforeEach(async () => {
  await database.db.deleteFrom('session').execute();
  await database.db.deleteFrom('user').execute();
  await database.db.deleteFrom('audit_log_entry').execute();
});

describe('a sign-in', () => {
  it('makes the account at the first time, keeps it to e-mail and name later, and is audited', async () => {
    const { token, return_to } = await signIn();
    expect(return_to).toBe('/x');
    const account = await findSession(database.db, { token, now: new Date(), idle_minutes: 30 });
    expect(account).toMatchObject({ email: 'anna@example.com', role: 'campaign_manager' });
    await signIn({ email: 'anna.b@example.com', name: 'Anna B', groups: ['bosses'] });
    expect(await users()).toMatchObject([{ email: 'anna.b@example.com', name: 'Anna B', role: 'admin' }]);
    expect(await actions()).toEqual(['auth.signed_in', 'auth.signed_in']);
  });

  it('stores no token that would open anything', async () => {
    const { token } = await signIn();
    const rows = await database.db.selectFrom('session').selectAll().execute();
    expect(rows).toHaveLength(1);
    expect(rows[0]?.token_hash.toString('base64url')).not.toBe(token);
    expect(rows[0]?.id_token).toMatch(/^v1\./);
  });

  it('without a group that counts gives no role, and takes one away', async () => {
    await signIn({ groups: 'bosses' });
    await signIn({ groups: ['strangers'] });
    expect(await users()).toMatchObject([{ role: null }]);
  });

  it('leaves the role alone that an administrator set', async () => {
    await signIn();
    await database.db.updateTable('user').set({ role: 'viewer', role_source: 'override' }).execute();
    await signIn({ groups: ['bosses'] });
    expect(await users()).toMatchObject([{ role: 'viewer' }]);
  });

  it('refuses an address that another subject holds, whatever its capitals, and records it', async () => {
    await signIn();
    await expect(signIn({ sub: 'mallory', email: 'ANNA@example.com' })).rejects.toMatchObject({
      code: 'auth.email_taken',
    });
    expect(await users()).toHaveLength(1);
    expect(await actions()).toContain('auth.email_taken');
  });

  it('refuses a disabled account', async () => {
    await signIn();
    await database.db.updateTable('user').set({ disabled_at: new Date() }).execute();
    await expect(signIn()).rejects.toMatchObject({ code: 'auth.disabled' });
  });

  it('knows new keys of the issuer', async () => {
    await issuer.addKey('second');
    const started = await start();
    answerWith(started.answer, await issuer.sign(started.claims, 'second'));
    // The library asks for keys again after a minute at the earliest; a fresh client asks at once.
    const oidc = { ...ctx.config.oidc, client_id: CLIENT_ID, issuer: `${issuer.issuer}/` };
    const fresh = { ...ctx, config: { ...ctx.config, oidc } };
    const query = callback(started);
    const signedIn = await finishSignIn(fresh, { query, browser_state: started.state, now: new Date() });
    expect(signedIn.token).toMatch(/^[\w-]{43}$/);
  });
});

const b64 = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
const past = Math.floor(Date.now() / 1_000) - 3_600;

/** Each forges the ID token of an honest sign-in in one way. */
const FORGERIES: Record<string, (started: Started) => Promise<string> | string> = {
  'signed with another key': async ({ claims }) => {
    await issuer.addKey('foreign', { publish: false });
    return issuer.sign(claims, 'foreign', 'first');
  },
  'signed with a key that nobody published': async ({ claims }) => {
    await issuer.addKey('unknown', { publish: false });
    return issuer.sign(claims, 'unknown');
  },
  'changed after signing': async ({ claims }) => {
    const [header, , signature] = (await issuer.sign(claims)).split('.');
    return `${header}.${b64({ ...claims, groups: ['bosses'] })}.${signature}`;
  },
  'without a signature': async ({ claims }) => {
    const [header, body] = (await issuer.sign(claims)).split('.');
    return `${header}.${body}.`;
  },
  'with alg none': ({ claims }) => `${b64({ alg: 'none' })}.${b64(claims)}.`,
  'with HS256 under the client secret': ({ claims }) =>
    new SignJWT(claims).setProtectedHeader({ alg: 'HS256' }).sign(Buffer.from(CLIENT_SECRET)),
  'with HS256 under the public key': async ({ claims }) => {
    const publicKey = Buffer.from(JSON.stringify(await issuer.publicKey()));
    return new SignJWT(claims).setProtectedHeader({ alg: 'HS256', kid: 'first' }).sign(publicKey);
  },
  'for another audience': ({ claims }) => issuer.sign({ ...claims, aud: 'another-client' }),
  'for two audiences, made for the other': ({ claims }) =>
    issuer.sign({ ...claims, aud: [CLIENT_ID, 'other'], azp: 'other' }),
  'of another issuer': ({ claims }) => issuer.sign({ ...claims, iss: 'https://evil.example' }),
  'with another nonce': ({ claims }) => issuer.sign({ ...claims, nonce: 'old' }),
  'without a nonce': ({ claims: { nonce: _, ...claims } }) => issuer.sign(claims),
  'that has expired': ({ claims }) => issuer.sign({ ...claims, iat: past, exp: past + 60 }),
  'without an expiry': ({ claims: { exp: _, ...claims } }) => issuer.sign(claims),
  'without a subject': ({ claims: { sub: _, ...claims } }) => issuer.sign(claims),
  'without an e-mail address': ({ claims: { email: _, ...claims } }) => issuer.sign(claims),
  'that is no token': () => 'not.a.token',
  'that is empty': () => '',
};

describe('an ID token', () => {
  it.each(Object.entries(FORGERIES))('%s opens nothing', async (_name, forge) => {
    const started = await start();
    answerWith(started.answer, await forge(started));
    await expect(finish(started)).rejects.toMatchObject(REFUSED);
    expect(await users()).toEqual([]);
    expect(await actions()).toEqual(['auth.sign_in_failed']);
  });
});

describe('a callback', () => {
  const honest = async () => {
    const started = await start();
    answerWith(started.answer, await issuer.sign(started.claims));
    return started;
  };

  it('counts once', async () => {
    const started = await honest();
    await finish(started);
    await expect(finish(started)).rejects.toMatchObject(REFUSED);
  });

  it('counts only in the browser that began', async () => {
    const started = await honest();
    const input = { query: callback(started), now: new Date() };
    await expect(finishSignIn(ctx, { ...input, browser_state: undefined })).rejects.toMatchObject(REFUSED);
    const other = await start();
    await expect(finishSignIn(ctx, { ...input, browser_state: other.state })).rejects.toMatchObject(REFUSED);
  });

  it('counts for ten minutes', async () => {
    const started = await honest();
    const late = new Date(Date.now() + 11 * 60_000);
    await expect(finish(started, callback(started), late)).rejects.toMatchObject(REFUSED);
  });

  it.each([
    ['names another issuer', { iss: 'https://evil.example' }],
    ['brings an error', { error: 'access_denied' }],
  ])('that %s is refused', async (_name, more) => {
    const started = await honest();
    await expect(finish(started, callback(started, more))).rejects.toMatchObject(REFUSED);
  });

  it.each(['iss', 'code', 'state'])('without %s is refused', async (name) => {
    const started = await honest();
    const query = callback(started);
    query.delete(name);
    await expect(finish(started, query)).rejects.toMatchObject(REFUSED);
  });

  it('whose code the provider refuses is refused', async () => {
    const started = await start();
    issuer.answerTokens(async () => ({ status: 400, body: { error: 'invalid_grant' } }));
    await expect(finish(started)).rejects.toMatchObject(REFUSED);
  });

  it('proves by its verifier that the code is its own', async () => {
    const started = await honest();
    let sent: URLSearchParams | undefined;
    const id_token = await issuer.sign(started.claims);
    issuer.answerTokens(async (form) => {
      sent = form;
      return { body: { ...started.answer, id_token } };
    });
    await finish(started);
    expect(sent?.get('code_verifier')).toMatch(/^[\w-]{43}$/);
    expect(sent?.get('redirect_uri')).toBe('http://localhost:3000/api/auth/callback');
  });
});
