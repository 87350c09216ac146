import type { FlowEvent, FlowScript, FlowState, Step } from './flow-contract.ts';
import { hear } from './flow-hear.ts';
import {
  askOpenQuestion,
  close,
  type Draft,
  finish,
  HANG_UP_DEADLINE_MS,
  isIntroOpen,
  listen,
  MAX_TIMES_ASKED,
  openQuestion,
  sayFixed,
  sayIntro,
} from './flow-speech.ts';
import { giveUpOnOpenQuestion } from './flow-survey.ts';
import type { Listening } from './interpreter.ts';

export type * from './flow-contract.ts';
export { HANG_UP_DEADLINE_MS } from './flow-speech.ts';

/** The state before the line is open. */
export function begin(script: FlowScript): FlowState {
  if (script.questions.length !== 3) throw new Error('a survey has three questions');
  return {
    script,
    phase: 'idle',
    question: 0,
    turn: 0,
    intro_turn: 0,
    consent_question_played: false,
    consented_turn: 0,
    times_asked: 0,
    info_turns: 0,
    respondent_turns: 0,
    has_waited: false,
    consent: 'open',
    disposition: null,
    awaits_opt_out_write: false,
  };
}

/**
 * One step of a conversation, pure and replayable: the same state and event give the same actions. Events that are
 * stale, repeated or out of place change nothing. Throws only when a promise of the conversation would be broken.
 */
export function step(before: FlowState, event: FlowEvent): Step {
  const draft: Draft = { state: structuredClone(before), actions: [] };
  if (before.phase !== 'over') apply(draft, event);
  assertPromises(before, draft);
  return draft;
}

/** What the interpreter should listen for now; null when nothing that is said moves the survey. */
export function listening(state: FlowState): Listening | null {
  if (state.phase === 'consent') return { context: 'consent' };
  if (state.phase !== 'question') return null;
  const { type, scale_min, scale_max } = openQuestion(state);
  return { context: 'question', type, scale_min, scale_max };
}

/** True once the outcome is decided; what follows is a closing line at most. */
export function isOver(state: FlowState): boolean {
  return state.phase === 'closing' || state.phase === 'over';
}

function apply(draft: Draft, event: FlowEvent): void {
  switch (event.type) {
    case 'answered':
      return answer(draft);
    case 'resumed':
      return resume(draft);
    case 'played':
      return notePlayed(draft, event.turn);
    case 'interrupted':
      return; // what was cut short stays unplayed; the words that cut it come as an utterance of their own
    case 'heard':
      return hear(draft, event);
    case 'silence':
      return meetSilence(draft, event.turn);
    case 'machine_detected':
      return meetMachine(draft);
    case 'written':
      return confirmOptOut(draft, event.ok);
    case 'hung_up':
      return endByHangUp(draft);
    default:
      return event satisfies never;
  }
}

function answer(draft: Draft): void {
  const { state } = draft;
  if (state.phase !== 'idle') return;
  state.phase = 'consent';
  state.times_asked = 1;
  sayIntro(draft);
}

function meetMachine(draft: Draft): void {
  const { phase } = draft.state;
  // After a consent a person is on the line, whatever the detector believes.
  if (phase === 'idle' || phase === 'consent') close(draft, 'answering_machine', null);
}

function resume(draft: Draft): void {
  const { state } = draft;
  if (state.phase === 'idle') return answer(draft);
  if (state.phase === 'closing') {
    draft.actions.push({ type: 'hang_up', after_played_turn: null, deadline_ms: HANG_UP_DEADLINE_MS });
    return;
  }
  const mayAsk = state.times_asked < MAX_TIMES_ASKED;
  // A line that twice did not carry the introduction to its end will not carry a survey.
  if (!mayAsk && isIntroOpen(state)) return close(draft, 'technical', null);
  sayFixed(draft, 'resumed');
  if (mayAsk) return askOpenQuestion(draft);
  sayFixed(draft, 'please_answer');
  listen(draft);
}

function notePlayed(draft: Draft, turn: number): void {
  const { state } = draft;
  if (state.phase === 'consent' && turn === state.intro_turn) state.consent_question_played = true;
}

function meetSilence(draft: Draft, turn: number): void {
  const { state } = draft;
  const isOpen = state.phase === 'consent' || state.phase === 'question';
  if (!isOpen || turn !== state.turn) return;
  if (state.times_asked < MAX_TIMES_ASKED) {
    sayFixed(draft, 'still_there');
    return askOpenQuestion(draft);
  }
  if (state.phase === 'consent') close(draft, 'no_explicit_consent', 'no_explicit_consent');
  else giveUpOnOpenQuestion(draft);
}

function confirmOptOut(draft: Draft, ok: boolean): void {
  const { state } = draft;
  if (!state.awaits_opt_out_write) return;
  state.awaits_opt_out_write = false;
  const turn = sayFixed(draft, ok ? 'opt_out_done' : 'opt_out_noted');
  draft.actions.push({ type: 'hang_up', after_played_turn: turn, deadline_ms: HANG_UP_DEADLINE_MS });
}

function endByHangUp(draft: Draft): void {
  const { state } = draft;
  if (state.disposition === null) finish(draft, dispositionOfHangUp(state), null);
  state.phase = 'over';
}

function dispositionOfHangUp(state: FlowState) {
  if (state.consent === 'granted') return 'break_off';
  return state.consent_question_played ? 'no_explicit_consent' : 'technical';
}

/** The promises to people outside, once more where no path can go round them. */
function assertPromises(before: FlowState, { state, actions }: Draft): void {
  for (const action of actions) {
    if (action.type === 'say' && action.prompt.startsWith('question_') && state.consent !== 'granted') {
      throw new Error('no question before a granted consent');
    }
    if (
      action.type === 'record_consent' &&
      action.decision === 'granted' &&
      !before.consent_question_played
    ) {
      throw new Error('no consent before its question was played');
    }
    if (action.type === 'record_answer' && before.consent !== 'granted') {
      throw new Error('no answer without a granted consent');
    }
    if (before.disposition === null) continue;
    if (action.type === 'finish') throw new Error('a conversation ends once');
    if (action.type === 'say' && action.verbatim) throw new Error('nothing is asked after the end');
  }
  if (state.disposition === 'completed' && before.disposition === null && before.question !== 3) {
    throw new Error('completed takes three resolved questions');
  }
}
