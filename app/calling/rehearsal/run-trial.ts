import { requireRole } from '../../auth/require-role.ts';
import { MANAGERS } from '../../auth/user.ts';
import { newId } from '../../infra/db/id.ts';
import { understandWith } from '../conversation/understand.ts';
import type { FlowScript } from '../dialogue/flow.ts';
import { type Performance, playRespondent } from '../dialogue/rehearsal/play-respondent.ts';
import { RESPONDENTS } from '../dialogue/rehearsal/respondent.ts';
import { type RehearsalCtx, setStage } from './rehearsal-stage.ts';
import type { StartRehearsal } from './start-rehearsal.ts';

// So many questions to a model at once; more would meet its limits and cost live calls theirs.
const AT_ONCE = 4;

/**
 * Plays all scripted respondents against this wording and the configured interpreter, and keeps what came of each beside
 * what should have; answers the run's id. Nothing is dialled, and nothing is written but the run.
 */
export async function runTrial(ctx: RehearsalCtx, input: StartRehearsal): Promise<string> {
  requireRole(input.actor, MANAGERS);
  const { stage, script } = await setStage(ctx, input);
  const started_at = ctx.now();
  const results = (await playAll(ctx, script)).map(({ scene, ...result }) => ({
    ...result,
    turns: scene.turns,
  }));
  const id = newId();
  await ctx.db
    .insertInto('trial_run')
    .values({
      id,
      ...stage,
      user_id: input.actor.user_id,
      results: JSON.stringify(results),
      total: results.length,
      as_expected: results.filter(({ is_as_expected }) => is_as_expected).length,
      started_at,
      ended_at: ctx.now(),
    })
    .execute();
  return id;
}

async function playAll(ctx: RehearsalCtx, script: FlowScript): Promise<Performance[]> {
  const waiting = [...RESPONDENTS];
  const performances = new Map<string, Performance>();
  const play = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const performance = await playRespondent(script, next, (state, words) =>
        understandWith(ctx.interpreter, {}, state, words),
      );
      performances.set(next, performance);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, play));
  return RESPONDENTS.map((respondent) => performances.get(respondent)!);
}
