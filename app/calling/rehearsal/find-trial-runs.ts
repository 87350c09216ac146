import { AppError } from '../../errors.ts';
import type { Db } from '../../infra/db/database.ts';
import { isId } from '../../infra/db/id.ts';
import type { Performance } from '../dialogue/rehearsal/play-respondent.ts';
import type { SceneTurn } from '../dialogue/rehearsal/scene.ts';

export type TrialResult = Omit<Performance, 'scene'> & { turns: SceneTurn[] };

const COLUMNS = [
  'trial_run.id',
  'trial_run.campaign_id',
  'trial_run.script_version',
  'trial_run.language',
  'trial_run.is_draft',
  'trial_run.interpreter',
  'trial_run.total',
  'trial_run.as_expected',
  'trial_run.started_at',
  'trial_run.ended_at',
  'user.name as user_name',
] as const;

function trialRuns(db: Db) {
  return db
    .selectFrom('trial_run')
    .innerJoin('user', 'user.id', 'trial_run.user_id')
    .innerJoin('campaign', 'campaign.id', 'trial_run.campaign_id')
    .where('campaign.deleted_at', 'is', null)
    .select(COLUMNS)
    .select('campaign.script_version as current_version');
}

/** One trial run with everything that was said in it; 404 without it or its campaign. */
export async function findTrialRun(db: Db, id: string) {
  const row = isId(id)
    ? await trialRuns(db).select('results').where('trial_run.id', '=', id).executeTakeFirst()
    : undefined;
  if (!row) throw new AppError('resource.not_found', 'There is no such trial run.');
  return { ...row, results: row.results as TrialResult[] };
}

/** A page of a campaign's trial runs, newest first. */
export async function listTrialRuns(
  db: Db,
  { campaign_id, page, page_size }: { campaign_id: string; page: number; page_size: number },
) {
  const { total } = await db
    .selectFrom('trial_run')
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .where('campaign_id', '=', campaign_id)
    .executeTakeFirstOrThrow();
  const items = await trialRuns(db)
    .where('trial_run.campaign_id', '=', campaign_id)
    .orderBy('trial_run.started_at', 'desc')
    .orderBy('trial_run.id', 'desc')
    .limit(page_size)
    .offset((page - 1) * page_size)
    .execute();
  return { items, total };
}
