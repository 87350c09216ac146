import { AppError } from '../errors.ts';
import type { Db } from '../infra/db/database.ts';
import type { ScriptContent } from './script.ts';

export type ScriptVersion = { version: number; hash: string; content: ScriptContent };

/** The immutable wording that `version` names; 404 where there is none. */
export async function currentScript(db: Db, campaign_id: string, version: number): Promise<ScriptVersion> {
  const row = await db
    .selectFrom('script_version')
    .select(['version', 'hash', 'content'])
    .where('campaign_id', '=', campaign_id)
    .where('version', '=', version)
    .executeTakeFirst();
  if (!row) throw new AppError('resource.not_found', 'There is no such script version.');
  return { ...row, content: row.content as ScriptContent };
}
