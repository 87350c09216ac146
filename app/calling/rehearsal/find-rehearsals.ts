import { AppError } from '../../errors.ts';
import type { Db } from '../../infra/db/database.ts';
import { isId } from '../../infra/db/id.ts';
import type { Scene } from '../dialogue/rehearsal/scene.ts';

const COLUMNS = [
  'rehearsal.id',
  'rehearsal.campaign_id',
  'rehearsal.script_version',
  'rehearsal.language',
  'rehearsal.is_draft',
  'rehearsal.interpreter',
  'rehearsal.utterances',
  'rehearsal.disposition',
  'rehearsal.started_at',
  'rehearsal.ended_at',
  'user.name as user_name',
] as const;

function rehearsals(db: Db) {
  return db
    .selectFrom('rehearsal')
    .innerJoin('user', 'user.id', 'rehearsal.user_id')
    .innerJoin('campaign', 'campaign.id', 'rehearsal.campaign_id')
    .where('campaign.deleted_at', 'is', null)
    .select(COLUMNS)
    .select('campaign.script_version as current_version');
}

/** One rehearsal with its conversation, which is null once it is over its time; 404 without it or its campaign. */
export async function findRehearsal(db: Db, id: string) {
  const row = isId(id)
    ? await rehearsals(db)
        .select(['scene', 'rehearsal.revision'])
        .where('rehearsal.id', '=', id)
        .executeTakeFirst()
    : undefined;
  if (!row) throw new AppError('resource.not_found', 'There is no such rehearsal.');
  return { ...row, scene: row.scene as Scene | null };
}

/** A page of a campaign's rehearsals, newest first: who rehearsed which wording when, and how it ended. */
export async function listRehearsals(
  db: Db,
  { campaign_id, page, page_size }: { campaign_id: string; page: number; page_size: number },
) {
  const { total } = await db
    .selectFrom('rehearsal')
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .where('campaign_id', '=', campaign_id)
    .executeTakeFirstOrThrow();
  const items = await rehearsals(db)
    .where('rehearsal.campaign_id', '=', campaign_id)
    .orderBy('rehearsal.started_at', 'desc')
    .orderBy('rehearsal.id', 'desc')
    .limit(page_size)
    .offset((page - 1) * page_size)
    .execute();
  return { items, total };
}
