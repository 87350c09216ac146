import type { Tx } from '../infra/db/database.ts';
import { scriptContent, scriptHash, type Wording } from './script.ts';

/** Keeps the wording as an immutable version and returns its number; the newest one when nothing was reworded. */
export async function writeScriptVersion(
  tx: Tx,
  input: { campaign_id: string; wording: Wording; now: Date },
): Promise<number> {
  const { campaign_id, wording, now } = input;
  const content = scriptContent(wording);
  const hash = scriptHash(content);
  const newest = await tx
    .selectFrom('script_version')
    .select(['version', 'hash'])
    .where('campaign_id', '=', campaign_id)
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (newest?.hash === hash) return newest.version;
  const version = (newest?.version ?? 0) + 1;
  await tx
    .insertInto('script_version')
    .values({ campaign_id, version, hash, content: JSON.stringify(content), created_at: now })
    .execute();
  return version;
}
