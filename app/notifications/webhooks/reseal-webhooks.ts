import { type EncryptionKey, keyVersion } from '../../infra/crypto/encryption.ts';
import type { Db } from '../../infra/db/database.ts';
import { openWebhookSecret, type SealedSecret, sealWebhookSecret } from './webhook-secret.ts';

/** Seals the secrets of webhooks anew with the present key, row by row under its lock; answers how many rows. */
export async function resealWebhooks(db: Db, key: EncryptionKey): Promise<number> {
  const webhooks = await db.selectFrom('webhook').select('id').orderBy('id').execute();
  let resealed = 0;
  for (const { id } of webhooks) {
    const isNew = await db.transaction().execute(async (tx) => {
      const row = await tx
        .selectFrom('webhook')
        .select(['secret', 'previous_secret'])
        .where('id', '=', id)
        .forUpdate()
        .executeTakeFirst();
      if (!row) return false;
      const [secret, previous] = [row.secret, row.previous_secret].map((one) =>
        sealedAnew(key, id, one as SealedSecret | null),
      );
      if (secret === row.secret && previous === row.previous_secret) return false;
      await tx
        .updateTable('webhook')
        .set({
          secret: JSON.stringify(secret),
          previous_secret: previous === null ? null : JSON.stringify(previous),
        })
        .where('id', '=', id)
        .execute();
      return true;
    });
    if (isNew) resealed += 1;
  }
  return resealed;
}

/** The same object where it was sealed with the present key already. */
function sealedAnew(key: EncryptionKey, id: string, stored: SealedSecret | null): SealedSecret | null {
  if (stored === null || stored.sealed.startsWith(`v2.${keyVersion(key)}.`)) return stored;
  const { sealed } = sealWebhookSecret(key, id, openWebhookSecret(key, id, stored));
  return { sealed, last_four: stored.last_four };
}
