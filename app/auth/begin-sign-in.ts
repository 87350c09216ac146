import * as oidc from 'openid-client';
import { sha256 } from '../infra/crypto/hash.ts';
import type { Db } from '../infra/db/database.ts';
import { type OidcConfig, requireIssuer } from './issuer.ts';

type Ctx = { db: Db; config: { oidc: OidcConfig; public_url: string } };

const STARTED_FOR_MS = 10 * 60_000;

/** Where the provider sends people back to. */
export function redirectUri(public_url: string): string {
  return `${public_url}/api/auth/callback`;
}

/** Starts an authorization code flow with PKCE, state and nonce; answers the provider's address to go to. */
export async function beginSignIn(
  { db, config }: Ctx,
  input: { return_to: string; login_hint: string | undefined; now: Date },
): Promise<{ location: string; state: string }> {
  const { configuration } = await requireIssuer(config.oidc);
  const state = oidc.randomState();
  const nonce = oidc.randomNonce();
  const code_verifier = oidc.randomPKCECodeVerifier();
  const expires_at = new Date(input.now.getTime() + STARTED_FOR_MS);
  const return_to = isLocalPath(input.return_to) ? input.return_to : '/';
  await db.deleteFrom('sign_in').where('expires_at', '<', input.now).execute();
  await db
    .insertInto('sign_in')
    .values({ state_hash: sha256(state), nonce, code_verifier, return_to, expires_at })
    .execute();
  const location = oidc.buildAuthorizationUrl(configuration, {
    redirect_uri: redirectUri(config.public_url),
    scope: config.oidc.scopes,
    code_challenge: await oidc.calculatePKCECodeChallenge(code_verifier),
    code_challenge_method: 'S256',
    state,
    nonce,
    ...(input.login_hint ? { login_hint: input.login_hint } : {}),
  });
  return { location: location.href, state };
}

/** True for a path of this application: nothing that a browser could read as another host. */
function isLocalPath(text: string): boolean {
  return /^\/(?![/\\])[^\\\p{Cc}]*$/u.test(text);
}
