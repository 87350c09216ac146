import { randomBytes } from 'node:crypto';
import { sha256 } from '../../infra/crypto/hash.ts';
import type { Tx } from '../../infra/db/database.ts';

const TOKEN_SECONDS = 60;

/**
 * The one-time token that lets one socket into one call, for a minute; only its hash is kept. Null after `most`
 * documents: a line that keeps losing its socket is given up.
 */
export async function issueToken(
  tx: Tx,
  input: { call_attempt_id: string; most: number; now: Date },
): Promise<string | null> {
  const { call_attempt_id, most, now } = input;
  const token = randomBytes(32).toString('base64url');
  const fresh = {
    token_hash: sha256(token),
    token_expires_at: new Date(now.getTime() + TOKEN_SECONDS * 1_000),
    updated_at: now,
  };
  const issued = await tx
    .insertInto('conversation')
    .values({ call_attempt_id, connects: 1, ...fresh })
    .onConflict((conflict) =>
      conflict
        .column('call_attempt_id')
        .doUpdateSet((eb) => ({ ...fresh, connects: eb('conversation.connects', '+', 1) }))
        .where('conversation.connects', '<', most),
    )
    .returning('call_attempt_id')
    .executeTakeFirst();
  return issued ? token : null;
}
