import { jwtVerify } from 'jose';
import { AppError } from '../errors.ts';
import type { Db } from '../infra/db/database.ts';
import { identityFrom } from './claims.ts';
import { findIssuer, type OidcConfig } from './issuer.ts';
import { rememberUser } from './remember-user.ts';
import type { Account } from './user.ts';

// Asymmetric only: with HS256 in the list a public key would pass for a shared secret.
const ALGORITHMS = ['RS256', 'PS256', 'ES256', 'EdDSA'];

type Ctx = { db: Db; config: { oidc: OidcConfig } };

/** The account behind an access token of the configured issuer and audience; throws `auth.invalid_token`. */
export async function findBearer(
  { db, config }: Ctx,
  { token, now }: { token: string; now: Date },
): Promise<Account> {
  const { oidc } = config;
  const issuer = await findIssuer(oidc).catch((cause) => {
    throw new AppError('server.unavailable', 'The identity provider cannot be reached now.', { cause });
  });
  const claims = await jwtVerify(token, issuer.keys, {
    issuer: issuer.configuration.serverMetadata().issuer,
    audience: oidc.audience,
    algorithms: ALGORITHMS,
    currentDate: now,
    requiredClaims: ['sub', 'exp'],
  }).catch((cause) => {
    throw new AppError('auth.invalid_token', 'The access token is not valid.', { cause });
  });
  const identity = identityFrom(claims.payload, oidc);
  if (!identity) throw new AppError('auth.invalid_token', 'The access token names no e-mail address.');
  return rememberUser(db, { identity, now });
}
