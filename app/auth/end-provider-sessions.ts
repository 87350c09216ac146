import type { JWTPayload } from 'jose';
import { sql } from 'kysely';
import { z } from 'zod';
import { appendAudit } from '../audit/append-audit.ts';
import { AppError } from '../errors.ts';
import { sha256 } from '../infra/crypto/hash.ts';
import type { Db, Tx } from '../infra/db/database.ts';
import { type OidcConfig, requireIssuer } from './issuer.ts';
import { isTokensFault, verifyToken } from './verify-token.ts';

type Ctx = { db: Db; config: { oidc: OidcConfig } };

const EVENT = 'http://schemas.openid.net/event/backchannel-logout';
// A logout token is for now; an older one is a recording (OpenID Connect Back-Channel Logout 1.0 §2.4).
const MAX_AGE_MS = 10 * 60_000;

const logoutSchema = z
  .object({
    iss: z.string(),
    iat: z.number(),
    jti: z.string().min(1).max(1_000),
    sub: z.string().min(1).max(255).optional(),
    sid: z.string().min(1).max(1_000).optional(),
    events: z.looseObject({ [EVENT]: z.looseObject({}) }),
    nonce: z.undefined().optional(),
  })
  .refine(({ sub, sid }) => sub !== undefined || sid !== undefined);
type Logout = z.output<typeof logoutSchema>;

/**
 * Ends the sessions that a logout token of the provider names, on every process; sent twice it does nothing more.
 * Checks of Back-Channel Logout 1.0 §2.6. Throws `auth.bad_logout_token`, and `server.unavailable` without keys.
 */
export async function endProviderSessions(
  { db, config }: Ctx,
  { logout_token, now }: { logout_token: string; now: Date },
): Promise<number> {
  const logout = await readLogout(config.oidc, logout_token, now);
  return db.transaction().execute(async (tx) => {
    if (!(await isFirst(tx, logout, now))) return 0;
    const ended = await revokeNamed(tx, logout, now);
    for (const { id } of ended) {
      const entry = { action: 'auth.session_ended_by_provider', entity: 'session', entity_id: id };
      await appendAudit(tx, { at: now, user_id: null, ...entry });
    }
    return ended.length;
  });
}

async function readLogout(oidc: OidcConfig, token: string, now: Date): Promise<Logout> {
  const issuer = await requireIssuer(oidc);
  const refuse = (cause: unknown) =>
    new AppError('auth.bad_logout_token', 'The logout token is not valid.', { cause });
  const claims: JWTPayload = await verifyToken(issuer, token, {
    audience: oidc.client_id,
    now,
    requiredClaims: ['iat', 'jti', 'events'],
  }).catch((cause: unknown) => {
    throw isTokensFault(cause)
      ? refuse(cause)
      : new AppError('server.unavailable', 'The identity provider cannot be reached now.', { cause });
  });
  const parsed = logoutSchema.safeParse(claims);
  if (!parsed.success) throw refuse(parsed.error);
  if (Math.abs(now.getTime() - parsed.data.iat * 1_000) > MAX_AGE_MS) throw refuse(new Error('too old'));
  return parsed.data;
}

/** Remembered for twice the time that a token counts. */
async function isFirst(tx: Tx, { iss, jti }: Logout, now: Date): Promise<boolean> {
  await tx.deleteFrom('logout_token').where('expires_at', '<', now).execute();
  const stored = await tx
    .insertInto('logout_token')
    .values({ jti_hash: sha256(`${iss} ${jti}`), expires_at: new Date(now.getTime() + 2 * MAX_AGE_MS) })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return stored.numInsertedOrUpdatedRows === 1n;
}

function revokeNamed(tx: Tx, { iss, sub, sid }: Logout, now: Date): Promise<{ id: string }[]> {
  return (
    tx
      .updateTable('session')
      .from('user')
      .set({ revoked_at: now })
      .whereRef('user.id', '=', 'session.user_id')
      .where('revoked_at', 'is', null)
      .where('oidc_issuer', '=', iss)
      .$if(sub !== undefined, (some) => some.where('oidc_sub', '=', sub!))
      // A provider that names its session in the logout names it in the sign-in too; one that began without is meant as well.
      .$if(sid !== undefined, (some) =>
        some.where(sql<boolean>`(oidc_sid = ${sid!} or (oidc_sid is null and ${sub !== undefined}))`),
      )
      .returning('session.id')
      .execute()
  );
}
