import * as oidc from 'openid-client';
import { appendAudit } from '../audit/append-audit.ts';
import type { Secret } from '../infra/config/secret.ts';
import type { Db } from '../infra/db/database.ts';
import { openIdToken } from './id-token.ts';
import { findIssuer, type OidcConfig } from './issuer.ts';

type Ctx = { db: Db; config: { oidc: OidcConfig; public_url: string; encryption_key: Secret<Buffer> } };

/** Ends the session here; answers where the browser should go to end the provider's own, null where it has none. */
export async function signOut(
  { db, config }: Ctx,
  { session_id, user_id, now }: { session_id: string; user_id: string; now: Date },
): Promise<string | null> {
  const session = await db.transaction().execute(async (tx) => {
    const ended = await tx
      .updateTable('session')
      .set({ revoked_at: now })
      .where('id', '=', session_id)
      .where('revoked_at', 'is', null)
      .returning('id_token')
      .executeTakeFirst();
    if (ended)
      await appendAudit(tx, {
        at: now,
        user_id,
        action: 'auth.signed_out',
        entity: 'session',
        entity_id: session_id,
      });
    return ended;
  });
  const issuer = await findIssuer(config.oidc).catch(() => null);
  if (!session?.id_token || !issuer?.configuration.serverMetadata().end_session_endpoint) return null;
  return oidc.buildEndSessionUrl(issuer.configuration, {
    id_token_hint: openIdToken(config.encryption_key.reveal(), session_id, session.id_token),
    post_logout_redirect_uri: config.public_url,
  }).href;
}
