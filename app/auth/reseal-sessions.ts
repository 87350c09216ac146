import { type EncryptionKey, keyVersion } from '../infra/crypto/encryption.ts';
import type { Db } from '../infra/db/database.ts';
import { openIdToken, sealIdToken } from './id-token.ts';

const BATCH = 200;
const FIRST = '00000000-0000-0000-0000-000000000000';

/** Seals the tokens of live sessions anew with the present key, and forgets those of ended ones; answers how many. */
export async function resealSessions(db: Db, key: EncryptionKey): Promise<number> {
  let resealed = 0;
  let after = FIRST;
  for (;;) {
    const rows = await db
      .selectFrom('session')
      .select(['id', 'id_token', 'revoked_at'])
      .where('id', '>', after)
      .where('id_token', 'is not', null)
      .where('id_token', 'not like', `v2.${keyVersion(key).replaceAll('_', '\\_')}.%`)
      .orderBy('id')
      .limit(BATCH)
      .execute();
    for (const { id, id_token, revoked_at } of rows) {
      const anew = revoked_at === null ? sealIdToken(key, id, openIdToken(key, id, id_token!)) : null;
      // Who signed out meanwhile, or whom another process was at, is left as it is.
      const updated = await db
        .updateTable('session')
        .set({ id_token: anew })
        .where('id', '=', id)
        .where('id_token', '=', id_token)
        .executeTakeFirst();
      resealed += Number(updated.numUpdatedRows);
    }
    if (rows.length < BATCH) return resealed;
    after = rows.at(-1)!.id;
  }
}
