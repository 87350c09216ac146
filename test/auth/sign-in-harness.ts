import { beginSignIn } from '../../app/auth/begin-sign-in.ts';
import { finishSignIn } from '../../app/auth/finish-sign-in.ts';
import { Secret } from '../../app/infra/config/secret.ts';
import { testDatabase } from '../support/database.ts';
import { emptyAudit } from '../support/empty-audit.ts';
import { CLIENT_ID, CLIENT_SECRET, oidcConfig, startIssuer } from './an-issuer.ts';

export type Claims = Record<string, unknown>;
export type Started = { state: string; claims: Claims; answer: Record<string, unknown> };

export const REFUSED = { code: 'auth.sign_in_failed' };
export const BROWSER = { previous_token: undefined, user_agent: 'Firefox' };

/** Our side of the sign-in on a database of its own, with a provider that answers what a test makes it answer. */
export async function signInHarness() {
  const issuer = await startIssuer();
  const database = await testDatabase();
  const { db } = database;
  const ctx: Parameters<typeof finishSignIn>[0] = {
    db,
    config: {
      oidc: { ...oidcConfig(issuer.issuer), client_secret: new Secret(CLIENT_SECRET) },
      public_url: 'http://localhost:3000',
      session_absolute_hours: 8,
      encryption_key: new Secret(Buffer.alloc(32, 7)),
    },
  };

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
    finishSignIn(ctx, { ...BROWSER, query, browser_state: started.state, now });

  return {
    issuer,
    db,
    ctx,
    start,
    answerWith,
    callback,
    finish,
    signIn: async (claims: Claims = {}) => {
      const started = await start();
      answerWith(started.answer, await issuer.sign({ ...started.claims, ...claims }));
      return finish(started);
    },
    users: () => db.selectFrom('user').selectAll().orderBy('id').execute(),
    actions: async () =>
      (await db.selectFrom('audit_log_entry').select('action').orderBy('id').execute()).map(
        ({ action }) => action,
      ),
    forgetAll: async () => {
      await db.deleteFrom('session').execute();
      await db.deleteFrom('user').execute();
      await emptyAudit(db);
    },
    stop: async () => {
      await issuer.stop();
      await database.close();
    },
  };
}

export type SignInHarness = Awaited<ReturnType<typeof signInHarness>>;
