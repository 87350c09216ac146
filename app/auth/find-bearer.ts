import { errors, jwtVerify } from 'jose';
import { AppError } from '../errors.ts';
import type { Db } from '../infra/db/database.ts';
import { identityFrom } from './claims.ts';
import { type OidcConfig, requireIssuer } from './issuer.ts';
import { rememberUser } from './remember-user.ts';
import type { Account } from './user.ts';

// Asymmetric only: with HS256 in the list a public key would pass for a shared secret.
const ALGORITHMS = ['RS256', 'PS256', 'ES256', 'EdDSA'];

type Ctx = { db: Db; config: { oidc: OidcConfig } };

/**
 * The account behind an access token of the configured issuer and audience, known or new. Throws `auth.invalid_token`,
 * and `server.unavailable` when the issuer's keys cannot be had: a good token must not be called a bad one.
 */
export async function findBearer(
  { db, config }: Ctx,
  { token, now }: { token: string; now: Date },
): Promise<Account> {
  const { oidc } = config;
  const issuer = await requireIssuer(oidc);
  const claims = await jwtVerify(token, issuer.keys, {
    issuer: issuer.configuration.serverMetadata().issuer,
    audience: oidc.audience,
    algorithms: ALGORITHMS,
    currentDate: now,
    requiredClaims: ['sub', 'exp'],
  }).catch((cause: unknown) => {
    throw refusal(cause);
  });
  const identity = identityFrom(claims.payload, oidc);
  if (!identity) throw new AppError('auth.invalid_token', 'The access token names no e-mail address.');
  return rememberUser(db, { identity, now });
}

function refusal(cause: unknown): AppError {
  const isTokensFault =
    cause instanceof errors.JOSEError &&
    !(cause instanceof errors.JWKSTimeout) &&
    !(cause instanceof errors.JWKSInvalid) &&
    cause.code !== errors.JOSEError.code; // the bare class: the keys' address did not answer with 200
  return isTokensFault
    ? new AppError('auth.invalid_token', 'The access token is not valid.', { cause })
    : new AppError('server.unavailable', 'The identity provider cannot be reached now.', { cause });
}
