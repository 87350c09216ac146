import type { Interpreter } from './interpreter.ts';
import { interpretByRules } from './rules/interpret.ts';

/** The built-in interpreter: English and Italian, without a network or a model, in microseconds. */
export const rulesInterpreter: Interpreter = {
  name: 'rules',
  interpret: async (utterance) => interpretByRules(utterance),
};
