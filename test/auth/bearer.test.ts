import { SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findBearer } from '../../app/auth/find-bearer.ts';
import { Secret } from '../../app/infra/config/secret.ts';
import { testDatabase } from '../support/database.ts';
import { AUDIENCE, CLIENT_ID, CLIENT_SECRET, oidcConfig, startIssuer, type TestIssuer } from './an-issuer.ts';

let issuer: TestIssuer;
let database: Awaited<ReturnType<typeof testDatabase>>;
let ctx: Parameters<typeof findBearer>[0];
beforeAll(async () => {
  issuer = await startIssuer();
  database = await testDatabase();
  const client_secret = new Secret(CLIENT_SECRET);
  ctx = { db: database.db, config: { oidc: { ...oidcConfig(issuer.issuer), client_secret } } };
});
afterAll(async () => {
  await issuer.stop();
  await database.close();
});

const now = () => Math.floor(Date.now() / 1_000);
const claims = () => ({
  iss: issuer.issuer,
  aud: AUDIENCE,
  iat: now(),
  exp: now() + 300,
  sub: 'robot',
  email: 'robot@example.com',
  name: 'Robot',
  groups: ['bosses'],
});
const ask = (token: string, at = new Date()) => findBearer(ctx, { token, now: at });
const INVALID = { code: 'auth.invalid_token' };

describe('an access token', () => {
  it('is an account, without a session', async () => {
    const account = await ask(await issuer.sign(claims()));
    expect(account).toMatchObject({ email: 'robot@example.com', role: 'admin', session_id: null });
  });

  it('costs no write when nothing has changed', async () => {
    const written = () => database.db.selectFrom('user').select('updated_at').executeTakeFirst();
    const token = await issuer.sign(claims());
    await ask(token);
    const before = await written();
    await ask(token, new Date(Date.now() + 60_000));
    expect(await written()).toEqual(before);
  });

  it('gives the role that it brings, from the first request on', async () => {
    const account = await ask(await issuer.sign({ ...claims(), groups: ['callers'] }));
    expect(account.role).toBe('campaign_manager');
  });

  it('may be a program’s, which has no address', async () => {
    const { email: _, name: __, ...program } = { ...claims(), sub: 'nightly@clients', azp: 'nightly' };
    const account = await ask(await issuer.sign(program));
    expect(account).toMatchObject({
      email: 'nightly%40clients@program.invalid',
      name: 'nightly',
      role: 'admin',
    });
  });

  it('that says nothing of a role gives none, and takes none away that a sign-in gave', async () => {
    const stored = () =>
      database.db.selectFrom('user').select('role').where('oidc_sub', '=', 'robot').executeTakeFirst();
    const before = await stored();
    const { groups: _, ...silent } = claims();
    expect(await ask(await issuer.sign(silent))).toMatchObject({ role: null });
    expect(await stored()).toEqual(before);
  });

  it('that says nothing of a role has the one that an administrator set', async () => {
    const { groups: _, ...silent } = { ...claims(), sub: 'set', email: 'set@example.com' };
    const token = await issuer.sign(silent);
    const { user_id } = await ask(token);
    const set = { role: 'viewer', role_source: 'override' } as const;
    await database.db.updateTable('user').set(set).where('id', '=', user_id).execute();
    expect(await ask(token)).toMatchObject({ role: 'viewer' });
  });

  it('is refused when its account is disabled', async () => {
    const token = await issuer.sign({ ...claims(), sub: 'fired', email: 'fired@example.com' });
    const { user_id } = await ask(token);
    await database.db
      .updateTable('user')
      .set({ disabled_at: new Date() })
      .where('id', '=', user_id)
      .execute();
    await expect(ask(token)).rejects.toMatchObject({ code: 'auth.disabled' });
  });

  const signedWithPublicKey = async () =>
    new SignJWT(claims())
      .setProtectedHeader({ alg: 'HS256', kid: 'first' })
      .sign(Buffer.from(JSON.stringify(await issuer.publicKey())));
  it.each<[string, () => Promise<string>]>([
    ['for another audience', () => issuer.sign({ ...claims(), aud: 'urn:other' })],
    ['that is an ID token', () => issuer.sign({ ...claims(), aud: CLIENT_ID })],
    ['of another issuer', () => issuer.sign({ ...claims(), iss: 'https://evil.example' })],
    ['that has expired', () => issuer.sign({ ...claims(), exp: now() - 10 })],
    ['that never expires', async () => issuer.sign((({ exp: _, ...rest }) => rest)(claims()))],
    ['without a subject', async () => issuer.sign((({ sub: _, ...rest }) => rest)(claims()))],
    ['with HS256 under the public key', signedWithPublicKey],
    ['that is no token', async () => 'no-token'],
    ['of a key that nobody published', () => unknownKey()],
  ])('%s is refused', async (_name, make) => {
    await expect(ask(await make())).rejects.toMatchObject(INVALID);
  });

  async function unknownKey(): Promise<string> {
    await issuer.addKey('unknown', { publish: false });
    return issuer.sign(claims(), 'unknown');
  }
});

describe('an issuer that is down', () => {
  it('is not held against the token', async () => {
    const other = await startIssuer();
    const client_secret = new Secret(CLIENT_SECRET);
    const config = { oidc: { ...oidcConfig(other.issuer), client_secret } };
    const token = await other.sign({ ...claims(), iss: other.issuer });
    const askOther = () => findBearer({ db: database.db, config }, { token, now: new Date() });
    other.takeKeysDown(true);
    await expect(askOther()).rejects.toMatchObject({ code: 'server.unavailable' });
    other.takeKeysDown(false);
    await expect(askOther()).rejects.toMatchObject({ code: 'auth.email_taken' });
    await other.stop();
    const gone = { oidc: { ...config.oidc, client_id: 'never discovered' } };
    await expect(findBearer({ ...ctx, config: gone }, { token, now: new Date() })).rejects.toMatchObject({
      code: 'server.unavailable',
    });
  });
});
