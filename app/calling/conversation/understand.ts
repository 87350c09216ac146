import { type FlowState, listening } from '../dialogue/flow.ts';
import type { Interpretation, Interpreter } from '../dialogue/interpreter.ts';

const UNCLEAR: Interpretation = { label: 'unclear', value: null, confidence: 0, rule: 'interpreter_failed' };

/** What an utterance means at this point; an interpreter that fails has not understood. */
export async function understand(
  interpreter: Interpreter,
  state: FlowState,
  words: string,
): Promise<Interpretation> {
  try {
    return await interpreter.interpret({
      text: words,
      language: state.script.language,
      // When nothing moves the survey any more, a wish never to be called again is still listened for.
      listening: listening(state) ?? { context: 'consent' },
      first_speech: state.respondent_turns === 0,
    });
  } catch {
    return UNCLEAR;
  }
}
