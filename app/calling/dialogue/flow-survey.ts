import type { FlowAction, QuestionNumber } from './flow-contract.ts';
import { askOpenQuestion, close, type Draft } from './flow-speech.ts';

type Answer = Omit<Extract<FlowAction, { type: 'record_answer' }>, 'type' | 'question'>;

/** Opens the first question after the consent, the next one after an answer, or ends the survey after the third. */
export function askNextQuestion(draft: Draft): void {
  const { state } = draft;
  if (state.question === 3) return close(draft, 'completed', 'thanks');
  state.phase = 'question';
  state.question = (state.question + 1) as QuestionNumber;
  state.times_asked = 0;
  state.has_waited = false;
  askOpenQuestion(draft);
}

/** Records what became of the open question and goes on. */
export function resolveOpenQuestion(draft: Draft, answer: Answer): void {
  draft.actions.push({ type: 'record_answer', question: draft.state.question as QuestionNumber, ...answer });
  askNextQuestion(draft);
}

/** Unclear twice: a null answer with that status, and the survey goes on. */
export function giveUpOnOpenQuestion(draft: Draft, words: string | null = null): void {
  resolveOpenQuestion(draft, { status: 'not_understood', answer: null, confidence: null, words });
}
