import type { JWTPayload } from 'jose';
import * as oidc from 'openid-client';
import { AppError } from '../errors.ts';
import { claimAt, type Identity, identityFrom } from './claims.ts';
import type { Issuer, OidcConfig } from './issuer.ts';
import { verifyToken } from './verify-token.ts';

/** What a started sign-in must meet again at its end. */
export type Started = { state: string; nonce: string; code_verifier: string };

/** Who signed in, by an ID token that was checked; `sid` is the provider's own session, where it names one. */
export type SignedIn = { identity: Identity; id_token: string; sid: string | null };

type Exchange = { url: URL; started: Started; now: Date };

/**
 * Exchanges the callback's code and checks the ID token: signature, algorithm, issuer, audience, authorised party, nonce
 * and times (OpenID Connect Core §3.1.3.7). Throws `auth.sign_in_failed` with the reason as its cause.
 */
export async function exchangeCode(
  issuer: Issuer,
  config: OidcConfig,
  { url, started, now }: Exchange,
): Promise<SignedIn> {
  const failed = (cause: unknown) =>
    new AppError('auth.sign_in_failed', 'The identity provider did not confirm the sign-in.', { cause });
  try {
    const tokens = await oidc.authorizationCodeGrant(issuer.configuration, url, {
      pkceCodeVerifier: started.code_verifier,
      expectedState: started.state,
      expectedNonce: started.nonce,
      idTokenExpected: true,
    });
    const id_token = tokens.id_token ?? '';
    const claims = await verifiedClaims(issuer, config, id_token, now);
    const profile = await completeProfile(issuer, config, claims, tokens.access_token);
    const identity = { ...identityFrom(profile, config), issuer: claims.iss ?? '' };
    // Whoever signs in and is given no role has none, also where the claim is left out.
    return { identity: { ...identity, role: identity.role ?? null }, id_token, sid: sidOf(claims) };
  } catch (cause) {
    throw failed(cause);
  }
}

/** The library lets TLS stand for the signature, as the standard allows (§3.1.3.7, 6); we check it all the same. */
async function verifiedClaims(issuer: Issuer, config: OidcConfig, id_token: string, now: Date) {
  const claims = await verifyToken(issuer, id_token, {
    audience: config.client_id,
    now,
    requiredClaims: ['iss', 'sub', 'aud', 'exp', 'iat', 'nonce'],
    fromIssuer: true,
  });
  if (claims.azp !== undefined && claims.azp !== config.client_id) {
    throw Object.assign(new Error('the ID token was issued to another client'), { code: 'azp_mismatch' });
  }
  return claims;
}

/** Some providers keep ID tokens thin: what is missing is asked of the UserInfo endpoint, for the same subject only. */
async function completeProfile(
  { configuration }: Issuer,
  config: OidcConfig,
  claims: JWTPayload,
  access_token: string,
): Promise<JWTPayload> {
  const isComplete = claims.email !== undefined && claimAt(claims, config.role_claim) !== undefined;
  const { userinfo_endpoint } = configuration.serverMetadata();
  if (isComplete || !userinfo_endpoint) return withAddress(claims);
  const more = await oidc.fetchUserInfo(configuration, access_token, claims.sub ?? '');
  return withAddress({ ...more, ...claims });
}

function withAddress(profile: JWTPayload): JWTPayload {
  if (typeof profile.email === 'string') return profile;
  throw Object.assign(new Error('the identity provider names no e-mail address'), { code: 'email_missing' });
}

function sidOf({ sid }: JWTPayload): string | null {
  return typeof sid === 'string' && sid !== '' ? sid : null;
}
