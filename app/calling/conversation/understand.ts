import { setImmediate } from 'node:timers/promises';
import { type Ids, observed } from '../../infra/observability/observed.ts';
import { type FlowState, listening } from '../dialogue/flow.ts';
import type { Interpretation, Interpreter, Utterance } from '../dialogue/interpreter.ts';
import { interpretByRules } from '../dialogue/rules/interpret.ts';
import type { CallPorts } from '../ports.ts';
import { markHearing } from './hearing.ts';

type Ctx = Pick<CallPorts, 'db' | 'log' | 'now' | 'interpreter'>;

/**
 * What an utterance means at this point; the rules understand where an interpreter fails. One that takes its time
 * leaves a mark, so that a call that ends meanwhile is settled with these words and not without them.
 */
export async function understand(
  ctx: Ctx,
  call_id: string,
  state: FlowState,
  words: string,
): Promise<Interpretation> {
  const understood = understandWith(ctx.interpreter, { call_id }, state, words);
  const quick = await Promise.race([understood, setImmediate(null)]);
  if (quick !== null) return quick;
  const marked = markHearing(ctx.db, call_id, ctx.now()).catch((error: unknown) => {
    ctx.log.warn({ err: error, call_id }, 'a call that may end is not marked as being heard');
  });
  const [interpretation] = await Promise.all([understood, marked]);
  return interpretation;
}

/** What an interpreter makes of words in this state, and the rules where it fails: calls and rehearsals alike. */
export function understandWith(
  interpreter: Interpreter,
  ids: Ids,
  state: FlowState,
  words: string,
): Promise<Interpretation> {
  const utterance = utteranceIn(state, words);
  return observed('understand', ids, () => interpreter.interpret(utterance)).catch(() =>
    interpretByRules(utterance),
  );
}

/** What the rules alone make of it, at once: no model changes a refusal. */
export function understandByRules(state: FlowState, words: string): Interpretation {
  return interpretByRules(utteranceIn(state, words));
}

function utteranceIn(state: FlowState, text: string): Utterance {
  return {
    text,
    language: state.script.language,
    // When nothing moves the survey any more, a wish never to be called again is still listened for.
    listening: listening(state) ?? { context: 'consent' },
    first_speech: state.respondent_turns === 0,
  };
}
