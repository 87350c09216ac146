import type { LanguageModel } from 'ai';
import type { Logger } from '../../../infra/observability/log.ts';
import { modelSeconds, modelTurns } from '../../../infra/observability/metrics.ts';
import type { Interpretation, Interpreter, Utterance } from '../interpreter.ts';
import { interpretByRules } from '../rules/interpret.ts';
import { askModel } from './ask-model.ts';
import { CircuitBreaker } from './circuit-breaker.ts';
import { combine, isWorthAsking } from './combine.ts';
import { checkJudgement, type Judgement } from './judgement.ts';

export { languageModel } from './language-model.ts';

export type ModelOptions = {
  /** As it appears in the evidence: "openai/gpt-…". */
  name: string;
  model: LanguageModel;
  timeoutMs: number;
  log: Pick<Logger, 'warn' | 'error'>;
  nowMs?: () => number;
};

/**
 * The built-in interpreter with a model's second opinion where that can help. The rules are always there: a model that
 * is late, fails or answers nonsense changes nothing, and one that keeps failing is not asked for a while.
 */
export function modelInterpreter(options: ModelOptions): Interpreter {
  const { name, log } = options;
  const breaker = new CircuitBreaker(options.nowMs ?? (() => performance.now()));

  async function secondOpinion(utterance: Utterance): Promise<Judgement | null> {
    if (breaker.isOpen) {
      modelTurns.inc({ result: 'paused' });
      return null;
    }
    const measure = modelSeconds.startTimer();
    const answer = await askModel(options.model, utterance, options.timeoutMs);
    measure();
    const judgement = typeof answer === 'string' ? null : checkJudgement(answer, utterance);
    const result = typeof answer === 'string' ? answer : judgement === null ? 'unbelievable' : 'used';
    modelTurns.inc({ result });
    // Nothing of what was said or answered goes to the log.
    if (judgement === null) log.warn({ model: name, result }, 'a model was of no help');
    if (typeof answer === 'string' && breaker.fail()) {
      log.error({ model: name, alert: true }, 'a model keeps failing; the rules go on alone');
    }
    return judgement;
  }

  return {
    name,
    isPaused: () => breaker.isOpen,
    async interpret(utterance: Utterance): Promise<Interpretation> {
      const rules = interpretByRules(utterance);
      if (!isWorthAsking(rules, utterance)) return rules;
      return combine(rules, await secondOpinion(utterance), utterance, name);
    },
  };
}
