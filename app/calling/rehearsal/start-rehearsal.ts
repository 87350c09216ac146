import { requireRole } from '../../auth/require-role.ts';
import { type Actor, MANAGERS } from '../../auth/user.ts';
import { newId } from '../../infra/db/id.ts';
import type { Language } from '../../infra/db/tables.ts';
import { openScene } from '../dialogue/rehearsal/scene.ts';
import { type RehearsalCtx, setStage } from './rehearsal-stage.ts';

export type StartRehearsal = {
  campaign_id: string;
  language: Language | undefined;
  actor: Pick<Actor, 'user_id' | 'role'>;
};

/** Opens a call that rings nobody, and answers its id: the agent has introduced itself, the respondent is next. */
export async function startRehearsal(ctx: RehearsalCtx, input: StartRehearsal): Promise<string> {
  requireRole(input.actor, MANAGERS);
  const { stage, script } = await setStage(ctx, input);
  const id = newId();
  const now = ctx.now();
  const scene = JSON.stringify(openScene(script));
  await ctx.db
    .insertInto('rehearsal')
    .values({ id, ...stage, user_id: input.actor.user_id, scene, started_at: now, updated_at: now })
    .execute();
  return id;
}
