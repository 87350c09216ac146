import { generateText, type LanguageModel, NoObjectGeneratedError, Output } from 'ai';
import type { Utterance } from '../interpreter.ts';
import { askFor } from './instructions.ts';
import { judgementSchema, type RawJudgement } from './judgement.ts';

// The library would write hints to the console; what is said on a call must not get there.
(globalThis as { AI_SDK_LOG_WARNINGS?: boolean }).AI_SDK_LOG_WARNINGS = false;

const MAX_OUTPUT_TOKENS = 120;

/** How a question to a model ended, when not with an answer; the words themselves are in none of it. */
export type ModelFault = 'timeout' | 'no_object' | 'failed';

/** Asks the model once, without a retry; null in place of an answer comes with what went wrong. */
export async function askModel(
  model: LanguageModel,
  utterance: Utterance,
  timeoutMs: number,
): Promise<RawJudgement | ModelFault> {
  const signal = AbortSignal.timeout(timeoutMs);
  const late = new Promise<'timeout'>((resolve) =>
    signal.addEventListener('abort', () => resolve('timeout')),
  );
  const asked = generateText({
    model,
    ...askFor(utterance),
    output: Output.object({ schema: judgementSchema, name: 'judgement' }),
    temperature: 0,
    maxOutputTokens: MAX_OUTPUT_TOKENS,
    maxRetries: 0,
    abortSignal: signal,
  }).then(
    ({ output }) => output,
    (error: unknown): ModelFault => {
      if (signal.aborted) return 'timeout';
      return NoObjectGeneratedError.isInstance(error) ? 'no_object' : 'failed';
    },
  );
  // Whatever the library does about the signal, the respondent waits no longer than this.
  return Promise.race([asked, late]);
}
