import { randomBytes } from 'node:crypto';
import * as oidc from 'openid-client';
import { appendAudit } from '../audit/append-audit.ts';
import { AppError } from '../errors.ts';
import type { Secret } from '../infra/config/secret.ts';
import { sealText } from '../infra/crypto/encryption.ts';
import { sha256 } from '../infra/crypto/hash.ts';
import type { Db } from '../infra/db/database.ts';
import { newId } from '../infra/db/id.ts';
import { redirectUri } from './begin-sign-in.ts';
import { type Identity, identityFrom } from './claims.ts';
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

export const ID_TOKEN_PURPOSE = 'session/id_token';

/**
 * Ends the code flow: exchanges the code, checks the ID token (signature, issuer, audience, nonce, expiry), and opens a
 * new session. `query` is the callback's own; its state must be the one this browser started with.
 */
export async function finishSignIn(
  ctx: Ctx,
  { query, browser_state, now }: { query: URLSearchParams; browser_state: string | undefined; now: Date },
): Promise<{ token: string; expires_at: Date; return_to: string }> {
  const { db, config } = ctx;
  // Before the started sign-in is used up: while the provider is down it can be tried again.
  const { configuration } = await requireIssuer(config.oidc);
  const started = await takeStarted(db, query.get('state'), browser_state, now);
  const { identity, id_token } = await exchange(ctx, configuration, query, started).catch(
    async (error: unknown) => {
      await auditFailure(db, now);
      throw error;
    },
  );
  const account = await rememberUser(db, { identity, now });
  const token = randomBytes(32).toString('base64url');
  const expires_at = new Date(now.getTime() + config.session_absolute_hours * 3_600_000);
  await db.transaction().execute(async (tx) => {
    await tx
      .insertInto('session')
      .values({
        id: newId(),
        token_hash: sha256(token),
        user_id: account.user_id,
        id_token: sealText(config.encryption_key.reveal(), ID_TOKEN_PURPOSE, id_token),
        created_at: now,
        last_seen_at: now,
        expires_at,
      })
      .execute();
    const entry = { action: 'auth.signed_in', entity: 'user', entity_id: account.user_id };
    await appendAudit(tx, { at: now, user_id: account.user_id, ...entry });
  });
  return { token, expires_at, return_to: started.return_to };
}

/** A started sign-in counts once, within its time, and only in the browser that started it. */
async function takeStarted(db: Db, state: string | null, browser_state: string | undefined, now: Date) {
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

/** Only what reached the exchange is recorded: a stranger's made-up state must not fill the log. */
async function auditFailure(db: Db, now: Date): Promise<void> {
  const entry = { action: 'auth.sign_in_failed', entity: 'user', entity_id: null };
  await db.transaction().execute((tx) => appendAudit(tx, { at: now, user_id: null, ...entry }));
}

type Started = Awaited<ReturnType<typeof takeStarted>>;

async function exchange(
  { config }: Ctx,
  configuration: oidc.Configuration,
  query: URLSearchParams,
  started: Started,
): Promise<{ identity: Identity; id_token: string }> {
  const url = new URL(redirectUri(config.public_url));
  url.search = query.toString();
  const tokens = await oidc
    .authorizationCodeGrant(configuration, url, {
      pkceCodeVerifier: started.code_verifier,
      expectedState: started.state,
      expectedNonce: started.nonce,
      idTokenExpected: true,
    })
    .catch((cause) => {
      throw new AppError('auth.sign_in_failed', 'The identity provider did not confirm the sign-in.', {
        cause,
      });
    });
  const identity = identityFrom(tokens.claims(), config.oidc);
  if (!identity) throw new AppError('auth.sign_in_failed', 'The identity provider named no e-mail address.');
  return { identity, id_token: tokens.id_token ?? '' };
}
