import type { FlowEvent } from './flow-contract.ts';
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
} from './flow-speech.ts';
import { askNextQuestion, giveUpOnOpenQuestion, resolveOpenQuestion } from './flow-survey.ts';
import type { Interpretation, Label } from './interpreter.ts';
import { DEFAULT_SCALE } from './prompts.ts';

type Heard = Extract<FlowEvent, { type: 'heard' }>;
type Handler = (draft: Draft, heard: Heard) => void;

// More than anyone needs; it bounds a call in which something goes round in circles.
const MAX_RESPONDENT_TURNS = 20;
const MAX_INFO_TURNS = 2;

/**
 * One final utterance. An opt-out counts whenever it is said, a refusal as long as the survey is open; all else only in
 * answer to the agent's last turn.
 */
export function hear(draft: Draft, heard: Heard): void {
  const { state } = draft;
  const { label } = heard.interpretation;
  if (state.phase === 'idle') return;
  if (label === 'opt_out') return optOut(draft, heard);
  if (state.phase === 'closing') return;
  if (heard.for_turn !== state.turn) return takeBack(draft, heard);
  state.respondent_turns += 1;
  if (state.respondent_turns > MAX_RESPONDENT_TURNS) {
    if (state.consent === 'granted') return close(draft, 'break_off', 'refusal');
    return close(draft, 'no_explicit_consent', 'no_explicit_consent');
  }
  (ANYWHERE[label] ?? (state.phase === 'consent' ? CONSENT : QUESTION)[label] ?? beUnclear)(draft, heard);
}

/** "Yes… no, actually": the agent had spoken on already, but a refusal is not too late for that. */
function takeBack(draft: Draft, heard: Heard): void {
  const { state } = draft;
  const { label } = heard.interpretation;
  const answersConsent = state.phase === 'consent' || heard.for_turn === state.consented_turn;
  if (label === 'stop' || (label === 'no' && answersConsent)) refuse(draft, heard);
}

// What a label does wherever it is heard.
const ANYWHERE: Partial<Record<Label, Handler>> = {
  callback: (draft, { interpretation }) =>
    close(draft, 'callback_requested', 'callback', interpretation.callback_at_minutes ?? null),
  wrong_person: (draft) => close(draft, 'wrong_person', 'wrong_person'),
  minor: (draft) => close(draft, 'minor', 'minor'),
  language_barrier: (draft) => close(draft, 'language_barrier', 'language_barrier'),
  stop: refuse,
  goodbye: refuse,
  hold: waitOnce,
  repeat: repeatOnce,
  who: (draft, heard) => inform(draft, heard, 'who_is_calling'),
  bot: (draft, heard) => inform(draft, heard, 'is_a_bot'),
};

const CONSENT: Partial<Record<Label, Handler>> = {
  yes: grant,
  no: refuse,
  voicemail: (draft) => close(draft, 'answering_machine', null),
};

const QUESTION: Partial<Record<Label, Handler>> = {
  yes: keepAsSaid,
  no: keepAsSaid,
  answer: keepAsSaid,
  number: keepNumber,
  dont_know: (draft, { words }) =>
    resolveOpenQuestion(draft, { status: 'dont_know', answer: null, confidence: null, words }),
  refuse_item: (draft, { words }) =>
    resolveOpenQuestion(draft, { status: 'refused', answer: null, confidence: null, words }),
};

function grant(draft: Draft, heard: Heard): void {
  const { state } = draft;
  const { words, interpretation, for_turn } = heard;
  // Said before the question was heard to its end it consents to nothing; the question still stands.
  if (!state.consent_question_played) return;
  // A doubt costs one more question; the same clear yes to that one settles it.
  if (interpretation.needs_confirmation && state.times_asked < MAX_TIMES_ASKED)
    return beUnclear(draft, heard);
  state.consent = 'granted';
  state.consented_turn = for_turn;
  draft.actions.push(consentRecord('granted', words, interpretation, null));
  askNextQuestion(draft);
}

function refuse(draft: Draft, { words, interpretation }: Heard): void {
  if (draft.state.consent === 'open') {
    draft.state.consent = 'refused';
    draft.actions.push(consentRecord('refused', words, interpretation, null));
  }
  close(draft, 'refusal', 'refusal');
}

/** The write comes first; the confirming line only after it, and the hang-up is armed whatever becomes of either. */
function optOut(draft: Draft, { words, interpretation }: Heard): void {
  const { state } = draft;
  if (state.disposition === 'opt_out') return;
  draft.actions.push({ type: 'record_opt_out', words });
  if (state.disposition !== null) return; // already closing: the wish is honoured, the outcome stands
  if (state.consent === 'open') {
    state.consent = 'refused';
    draft.actions.push(consentRecord('refused', words, interpretation, 'opt_out'));
  }
  finish(draft, 'opt_out', null);
  state.awaits_opt_out_write = true;
  draft.actions.push({ type: 'hang_up', after_played_turn: null, deadline_ms: HANG_UP_DEADLINE_MS });
}

function consentRecord(
  decision: 'granted' | 'refused',
  words: string,
  interpretation: Interpretation,
  reason: string | null,
) {
  return { type: 'record_consent' as const, decision, words, decided_by: interpretation.rule, reason };
}

function keepAsSaid(draft: Draft, heard: Heard): void {
  if (openQuestion(draft.state).type !== 'free_text') return beUnclear(draft, heard);
  const { words, interpretation } = heard;
  resolveOpenQuestion(draft, {
    status: 'answered',
    answer: words.trim(),
    confidence: interpretation.confidence,
    words,
  });
}

function keepNumber(draft: Draft, heard: Heard): void {
  const { type, scale_min, scale_max } = openQuestion(draft.state);
  const { value, confidence } = heard.interpretation;
  if (type === 'free_text') return keepAsSaid(draft, heard);
  if (value === null) return beUnclear(draft, heard);
  const min = scale_min ?? DEFAULT_SCALE.min;
  const max = scale_max ?? DEFAULT_SCALE.max;
  const isOnScale = Number.isInteger(value) && value >= min && value <= max;
  if (type === 'scale' && !isOnScale) return beUnclear(draft, heard);
  const answer = canonicalDecimal(value);
  if (answer === null) return beUnclear(draft, heard);
  resolveOpenQuestion(draft, { status: 'answered', answer, confidence, words: heard.words });
}

/** "7", "2.5", "-3": plain digits with a point; null for what has no exact plain form and answers no survey question. */
function canonicalDecimal(value: number): string | null {
  const text = String(value === 0 ? 0 : value);
  return Number.isFinite(value) && !text.includes('e') ? text : null;
}

/** Asked for in so many words, or not understood: the open question is put again, once. */
function repeatOnce(draft: Draft, heard: Heard): void {
  const { state } = draft;
  if (isIntroOpen(state)) return;
  if (state.times_asked < MAX_TIMES_ASKED) return askOpenQuestion(draft);
  giveUp(draft, heard);
}

function beUnclear(draft: Draft, heard: Heard): void {
  const { state } = draft;
  // Noise while the introduction is still being spoken is no answer to it.
  if (isIntroOpen(state)) return;
  if (state.times_asked >= MAX_TIMES_ASKED) return giveUp(draft, heard);
  if (state.phase === 'consent') sayFixed(draft, 'need_yes_or_no');
  else sayFixed(draft, openQuestion(state).type === 'scale' ? 'scale_range' : 'not_understood');
  askOpenQuestion(draft);
}

function giveUp(draft: Draft, heard: Heard): void {
  if (draft.state.phase === 'consent') close(draft, 'no_explicit_consent', 'no_explicit_consent');
  else giveUpOnOpenQuestion(draft, heard.words);
}

/** A truthful short answer, then the question again; a third time round it is treated as unclear. */
function inform(draft: Draft, heard: Heard, prompt: 'who_is_calling' | 'is_a_bot'): void {
  const { state } = draft;
  // The introduction that is being spoken says who calls and that it is an AI, and puts the question.
  if (isIntroOpen(state)) return;
  if (state.info_turns >= MAX_INFO_TURNS) return beUnclear(draft, heard);
  state.info_turns += 1;
  sayFixed(draft, prompt);
  if (state.times_asked < MAX_TIMES_ASKED) return askOpenQuestion(draft);
  sayFixed(draft, 'please_answer');
  listen(draft);
}

function waitOnce(draft: Draft, heard: Heard): void {
  const { state } = draft;
  if (state.has_waited) return beUnclear(draft, heard);
  state.has_waited = true;
  sayFixed(draft, 'wait');
  listen(draft, 'long');
}
