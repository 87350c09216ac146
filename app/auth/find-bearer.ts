import { AppError } from '../errors.ts';
import type { Db } from '../infra/db/database.ts';
import { identityFrom } from './claims.ts';
import { type OidcConfig, requireIssuer } from './issuer.ts';
import { rememberUser } from './remember-user.ts';
import type { Account } from './user.ts';
import { isTokensFault, verifyToken } from './verify-token.ts';

type Ctx = { db: Db; config: { oidc: OidcConfig } };

/**
 * The account behind an access token of the configured issuer and audience, known or new. A token that names no role
 * gives none for this request and changes nothing that is stored. Throws `auth.invalid_token`, and `server.unavailable`
 * when the issuer's keys cannot be had: a good token must not be called a bad one.
 */
export async function findBearer(
  { db, config }: Ctx,
  { token, now }: { token: string; now: Date },
): Promise<Account> {
  const { oidc } = config;
  const issuer = await requireIssuer(oidc);
  const claims = await verifyToken(issuer, token, {
    audience: oidc.audience,
    now,
    requiredClaims: ['sub', 'exp'],
  }).catch((cause: unknown) => {
    throw refusal(cause);
  });
  return rememberUser(db, { identity: identityFrom(claims, oidc), now });
}

function refusal(cause: unknown): AppError {
  return isTokensFault(cause)
    ? new AppError('auth.invalid_token', 'The access token is not valid.', { cause })
    : new AppError('server.unavailable', 'The identity provider cannot be reached now.', { cause });
}
