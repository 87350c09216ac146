import { appendAudit } from '../audit/append-audit.ts';
import { resealSessions } from '../auth/reseal-sessions.ts';
import { type EncryptionKey, keyVersion } from '../infra/crypto/encryption.ts';
import type { Db } from '../infra/db/database.ts';
import { resealCredentials } from './credentials.ts';
import { loadSettings } from './settings.ts';

/**
 * Seals every secret anew with the present key, one row at a time under its lock, while everything runs on. Answers how
 * many it sealed; when that is none, the previous keys are not needed any more.
 */
export async function rotateKeys(
  db: Db,
  { encryptionKey, now }: { encryptionKey: EncryptionKey; now: Date },
): Promise<{ credentials: number; sessions: number }> {
  const credentials = await db.transaction().execute(async (tx) => {
    await tx.selectFrom('provider_config').select('id').forUpdate().execute();
    const { stored, resealed } = resealCredentials(encryptionKey, (await loadSettings(tx)).credentials);
    if (resealed === 0) return 0;
    // Not `updated_at`: the secrets are the same, and nobody need be built anew for them.
    await tx
      .updateTable('provider_config')
      .set({ credentials: JSON.stringify(stored) })
      .execute();
    return resealed;
  });
  const sessions = await resealSessions(db, encryptionKey);
  if (credentials + sessions > 0) {
    await db.transaction().execute((tx) =>
      appendAudit(tx, {
        at: now,
        user_id: null,
        action: 'keys.rotated',
        entity: 'encryption_key',
        entity_id: keyVersion(encryptionKey),
        changes: {
          credentials: { previous: null, new: credentials },
          sessions: { previous: null, new: sessions },
        },
      }),
    );
  }
  return { credentials, sessions };
}
