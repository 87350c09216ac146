import type { FlowAction, FlowDisposition, FlowQuestion, FlowState } from './flow-contract.ts';
import { type FixedPrompt, fixedPrompt, type PromptId } from './prompts.ts';

/** One step in the making: a copy of the state that may be changed, and the actions so far. */
export type Draft = { state: FlowState; actions: FlowAction[] };

// Silence after a prompt before it counts as no answer; longer after "one moment, please".
const SILENCE_MS = 6_000;
const WAIT_MS = 15_000;
// A refusal ends the call within ten seconds whatever fails, so the deadline leaves room for the way to the provider.
export const HANG_UP_DEADLINE_MS = 8_000;

// A call says each prompt to a person who may need it again once, never more often.
export const MAX_TIMES_ASKED = 2;

/** Says an approved text word for word. */
export function sayVerbatim(draft: Draft, prompt: PromptId, text: string, interruptible: boolean): number {
  draft.state.turn += 1;
  const { turn } = draft.state;
  draft.actions.push({ type: 'say', turn, prompt, text, interruptible, verbatim: true });
  return turn;
}

/** Says one of the fixed prompts. */
export function sayFixed(draft: Draft, prompt: FixedPrompt): number {
  const { state } = draft;
  state.turn += 1;
  const { turn } = state;
  const text = fixedPrompt(state.script, prompt, state.script.questions[state.question - 1]);
  draft.actions.push({ type: 'say', turn, prompt, text, interruptible: true, verbatim: false });
  return turn;
}

/** Speaks the introduction: who calls, that it is an AI, and what is asked must be heard to the end. */
export function sayIntro(draft: Draft): void {
  draft.state.intro_turn = sayVerbatim(draft, 'intro', draft.state.script.intro_script, false);
  listen(draft);
}

/** True until the introduction, with the question of consent at its end, was played. */
export function isIntroOpen(state: FlowState): boolean {
  return state.phase === 'consent' && !state.consent_question_played;
}

/** Waits for an answer to what was just said. */
export function listen(draft: Draft, patience: 'usual' | 'long' = 'usual'): void {
  const silence_ms = patience === 'long' ? WAIT_MS : SILENCE_MS;
  draft.actions.push({ type: 'listen', turn: draft.state.turn, silence_ms });
}

/**
 * Puts what is open once more, byte for byte: the survey question, the consent question, or the whole introduction
 * where it was not heard to its end, as nobody consents to what they were not told.
 */
export function askOpenQuestion(draft: Draft): void {
  const { state } = draft;
  state.times_asked += 1;
  if (isIntroOpen(state)) return sayIntro(draft);
  if (state.phase === 'consent') {
    sayVerbatim(draft, 'consent_question', consentQuestion(state.script.intro_script), true);
  } else {
    sayVerbatim(draft, questionPrompt(state), openQuestion(state).text, true);
  }
  listen(draft);
}

/** The question that waits for an answer. */
export function openQuestion(state: FlowState): FlowQuestion {
  const question = state.script.questions[state.question - 1];
  if (!question) throw new Error(`no question ${state.question} is open`);
  return question;
}

function questionPrompt(state: FlowState): PromptId {
  return `question_${state.question}` as PromptId;
}

/**
 * The consent question as it stands in the approved introduction: from its last sentence with a question mark to the
 * end, so that "please say yes or no" comes along. An introduction without one is repeated whole.
 */
export function consentQuestion(intro: string): string {
  const text = intro.trim();
  const mark = text.lastIndexOf('?');
  if (mark < 0) return text;
  const before = Math.max(
    ...['. ', '! ', '? ', '\n'].map((end) => {
      const at = text.lastIndexOf(end, mark - 1);
      return at < 0 ? -1 : at + end.length;
    }),
    0,
  );
  return text.slice(before).trim();
}

/** Ends the conversation with one closing line (none for a machine) and nothing after it. */
export function close(
  draft: Draft,
  disposition: FlowDisposition,
  line: FixedPrompt | null,
  callback_at_minutes: number | null = null,
): void {
  finish(draft, disposition, callback_at_minutes);
  const turn = line === null ? null : sayFixed(draft, line);
  draft.actions.push({ type: 'hang_up', after_played_turn: turn, deadline_ms: HANG_UP_DEADLINE_MS });
}

/** Decides the outcome, once. */
export function finish(draft: Draft, disposition: FlowDisposition, callback_at_minutes: number | null): void {
  if (draft.state.disposition !== null) throw new Error('a conversation ends once');
  draft.state.disposition = disposition;
  draft.state.phase = 'closing';
  draft.actions.push({ type: 'finish', disposition, callback_at_minutes });
}
