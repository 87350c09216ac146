import { randomBytes } from 'node:crypto';
import { appendAudit } from '../audit/append-audit.ts';
import { AppError } from '../errors.ts';
import type { Secret } from '../infra/config/secret.ts';
import { sha256 } from '../infra/crypto/hash.ts';
import type { Db } from '../infra/db/database.ts';
import { newId } from '../infra/db/id.ts';
import { redirectUri } from './begin-sign-in.ts';
import { exchangeCode, type SignedIn, type Started } from './exchange-code.ts';
import { sealIdToken } from './id-token.ts';
import { type OidcConfig, requireIssuer } from './issuer.ts';
import { rememberUser } from './remember-user.ts';

type Ctx = {
  db: Db;
  config: {
    oidc: OidcConfig;
    public_url: string;
    session_absolute_hours: number;
    encryption_key: Secret<Buffer>;
  };
};

type Callback = {
  /** The callback's own; its state must be the one this browser started with. */
  query: URLSearchParams;
  browser_state: string | undefined;
  /** The session this browser had until now; it ends here, so that nothing outlives a change of person. */
  previous_token: string | undefined;
  user_agent: string | undefined;
  now: Date;
};

/**
 * Ends the code flow: exchanges the code, checks the ID token, and opens a new session. Throws `auth.sign_in_failed`,
 * `auth.email_taken`, `auth.disabled`; each failure that reached the provider is in the audit log with its reason.
 */
export async function finishSignIn(
  ctx: Ctx,
  callback: Callback,
): Promise<{ token: string; expires_at: Date; return_to: string }> {
  const { db, config } = ctx;
  const { query, now } = callback;
  // Before the started sign-in is used up: while the provider is down it can be tried again.
  const issuer = await requireIssuer(config.oidc);
  const { return_to, ...started } = await takeStarted(db, query.get('state'), callback.browser_state, now);
  const url = new URL(redirectUri(config.public_url));
  url.search = query.toString();
  try {
    const signedIn = await exchangeCode(issuer, config.oidc, { url, started, now });
    const account = await rememberUser(db, { identity: signedIn.identity, now });
    const session = await openSession(ctx, account.user_id, signedIn, callback);
    return { ...session, return_to };
  } catch (error) {
    await auditFailure(db, error, now);
    throw error;
  }
}

async function openSession(
  { db, config }: Ctx,
  user_id: string,
  { id_token, sid }: SignedIn,
  { previous_token, user_agent, now }: Callback,
): Promise<{ token: string; expires_at: Date }> {
  const token = randomBytes(32).toString('base64url');
  const expires_at = new Date(now.getTime() + config.session_absolute_hours * 3_600_000);
  const ids = { id: newId(), user_id, token_hash: sha256(token), oidc_sid: sid };
  const sealed = sealIdToken(config.encryption_key.reveal(), ids.id, id_token);
  const times = { created_at: now, last_seen_at: now, expires_at };
  await db.transaction().execute(async (tx) => {
    if (previous_token) {
      await tx
        .updateTable('session')
        .set({ revoked_at: now })
        .where('token_hash', '=', sha256(previous_token))
        .where('revoked_at', 'is', null)
        .execute();
    }
    await tx
      .insertInto('session')
      .values({ ...ids, ...times, id_token: sealed, user_agent: user_agent?.slice(0, 400) ?? null })
      .execute();
    const entry = { action: 'auth.signed_in', entity: 'user', entity_id: user_id };
    await appendAudit(tx, { at: now, user_id, ...entry });
  });
  return { token, expires_at };
}

/** A started sign-in counts once, within its time, and only in the browser that started it. */
async function takeStarted(
  db: Db,
  state: string | null,
  browser_state: string | undefined,
  now: Date,
): Promise<Started & { return_to: string }> {
  const failed = () =>
    new AppError('auth.sign_in_failed', 'This sign-in has expired or was not started here.');
  if (!state || state !== browser_state) throw failed();
  const started = await db
    .deleteFrom('sign_in')
    .where('state_hash', '=', sha256(state))
    .where('expires_at', '>', now)
    .returning(['nonce', 'code_verifier', 'return_to'])
    .executeTakeFirst();
  if (!started) throw failed();
  return { ...started, state };
}

/** Only what got as far as the provider is recorded: a stranger's made-up state must not fill the log. */
async function auditFailure(db: Db, error: unknown, now: Date): Promise<void> {
  if (!(error instanceof AppError) || error.code === 'auth.email_taken') return; // that one is recorded already
  const { code: detail } = (error.cause ?? {}) as { code?: unknown };
  const reason = typeof detail === 'string' ? detail : error.code;
  const changes = { reason: { previous: null, new: reason } };
  const entry = { action: 'auth.sign_in_failed', entity: 'user', entity_id: null, changes };
  await db.transaction().execute((tx) => appendAudit(tx, { at: now, user_id: null, ...entry }));
}
