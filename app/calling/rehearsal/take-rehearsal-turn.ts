import { requireRole } from '../../auth/require-role.ts';
import { type Actor, MANAGERS } from '../../auth/user.ts';
import { AppError } from '../../errors.ts';
import { KeyPad } from '../conversation/key-pad.ts';
import { understandWith } from '../conversation/understand.ts';
import { type FlowState, listening } from '../dialogue/flow.ts';
import { advanceScene, isSceneOver, type Move, type Scene } from '../dialogue/rehearsal/scene.ts';
import { findRehearsal } from './find-rehearsals.ts';
import type { RehearsalCtx } from './rehearsal-stage.ts';

/** What the person who plays the respondent does: says something, presses keys, or an event of the line. */
export type RehearsalTurn =
  | { text: string }
  | { keys: string }
  | { event: 'silence' | 'hang_up' | 'machine' };

const MOVES = { silence: 'silence', hang_up: 'hung_up', machine: 'machine_detected' } as const;

/**
 * One move and the agent's reply, stored; any process may take the next one. 409 `rehearsal.over` after the end,
 * `rehearsal.moved` when it went on elsewhere while the words were being understood. 404.
 */
export async function takeRehearsalTurn(
  ctx: RehearsalCtx,
  input: { id: string; turn: RehearsalTurn; actor: Pick<Actor, 'role'> },
): Promise<void> {
  requireRole(input.actor, MANAGERS);
  const { id, scene: before, revision, utterances } = await findRehearsal(ctx.db, input.id);
  if (before === null || isSceneOver(before)) {
    throw new AppError('rehearsal.over', 'This rehearsal is over; begin another one.');
  }
  const move = await moveOf(ctx, before, input.turn);
  const scene = advanceScene(before, move);
  const now = ctx.now();
  const { numUpdatedRows } = await ctx.db
    .updateTable('rehearsal')
    .set({ scene: JSON.stringify(scene), revision: revision + 1, updated_at: now })
    .set({ utterances: utterances + (move.type === 'heard' ? 1 : 0) })
    .$if(isSceneOver(scene), (update) => update.set({ disposition: scene.state.disposition, ended_at: now }))
    .where('id', '=', id)
    // A model may take its time, so nothing is locked meanwhile: the first of two turns wins.
    .where('revision', '=', revision)
    .executeTakeFirstOrThrow();
  if (numUpdatedRows === 0n)
    throw new AppError('rehearsal.moved', 'This rehearsal went on in another window.');
}

async function moveOf(ctx: RehearsalCtx, { state }: Scene, turn: RehearsalTurn): Promise<Move> {
  if ('event' in turn) return { type: MOVES[turn.event] };
  if ('keys' in turn) return pressed(state, turn.keys);
  const { text: words } = turn;
  return { type: 'heard', words, interpretation: await understandWith(ctx.interpreter, {}, state, words) };
}

/** Keys as the line would take them, one after the other; what answers nothing is a silence. */
function pressed(state: FlowState, keys: string): Move {
  const pad = new KeyPad();
  for (const key of keys) {
    const answer = pad.press(key, listening(state));
    if (answer) return { type: 'heard', ...answer };
  }
  const rest = pad.complete();
  return rest ? { type: 'heard', ...rest } : { type: 'silence' };
}
