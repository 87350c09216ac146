import type { Interpretation } from './interpreter.ts';
import type { PromptId } from './prompts.ts';

/** The approved wording in the language of the call. */
export type FlowScript = {
  language: 'en' | 'it';
  organization_name: string;
  intro_script: string;
  /** Three, in order. */
  questions: FlowQuestion[];
};

export type QuestionNumber = 1 | 2 | 3;

export type FlowQuestion = {
  text: string;
  type: 'free_text' | 'numeric' | 'scale';
  scale_min: number | null;
  scale_max: number | null;
};

/** How a conversation can end. */
export type FlowDisposition =
  | 'completed'
  | 'break_off'
  | 'refusal'
  | 'opt_out'
  | 'callback_requested'
  | 'no_explicit_consent'
  | 'wrong_person'
  | 'language_barrier'
  | 'minor'
  | 'answering_machine'
  | 'technical';

/** Plain data: it is stored between two frames, and any process may go on from it. */
export type FlowState = {
  script: FlowScript;
  phase: 'idle' | 'consent' | 'question' | 'closing' | 'over';
  /** The question that is open, 0 before the first. */
  question: 0 | QuestionNumber;
  /** The agent's turns so far; the last one said. */
  turn: number;
  /** The turn that speaks the introduction, 0 before it; only its playback is the proof below. */
  intro_turn: number;
  /** The introduction, which asks for consent, was played to its end: from now on a yes can count. */
  consent_question_played: boolean;
  /** The agent's turn that a yes answered, 0 without one. */
  consented_turn: number;
  /** How often what is open now has been put. */
  times_asked: number;
  info_turns: number;
  respondent_turns: number;
  has_waited: boolean;
  consent: 'open' | 'granted' | 'refused';
  /** Set once; what the call ends as. */
  disposition: FlowDisposition | null;
  awaits_opt_out_write: boolean;
};

export type FlowEvent =
  /** The line is open: the agent speaks first. */
  | { type: 'answered' }
  /** The socket was lost and is open again. */
  | { type: 'resumed' }
  /** The agent's turn was played to its end. */
  | { type: 'played'; turn: number }
  /** The respondent cut the agent's turn short. */
  | { type: 'interrupted'; turn: number }
  /** One final utterance, understood for what `listening` said; `for_turn` = the agent's last turn when it was heard. */
  | { type: 'heard'; words: string; interpretation: Interpretation; for_turn: number }
  /** Nobody spoke for the time that `listen` gave. */
  | { type: 'silence'; turn: number }
  | { type: 'machine_detected' }
  /** The exclusion list has the number now, or could not be written. */
  | { type: 'written'; what: 'opt_out'; ok: boolean }
  /** The other side ended, or the line is lost for good. */
  | { type: 'hung_up' };

export type FlowAction =
  | { type: 'say'; turn: number; prompt: PromptId; text: string; interruptible: boolean; verbatim: boolean }
  /** Arm the silence timer when this turn has been played. */
  | { type: 'listen'; turn: number; silence_ms: number }
  | {
      type: 'record_consent';
      decision: 'granted' | 'refused';
      words: string;
      decided_by: string;
      reason: string | null;
    }
  | { type: 'record_opt_out'; words: string }
  | {
      type: 'record_answer';
      question: QuestionNumber;
      status: 'answered' | 'refused' | 'dont_know' | 'not_understood';
      answer: string | null;
      confidence: number | null;
      words: string | null;
    }
  | { type: 'finish'; disposition: FlowDisposition; callback_at_minutes: number | null }
  /** End the call when that turn was played (null: at once), at the latest after the deadline. */
  | { type: 'hang_up'; after_played_turn: number | null; deadline_ms: number };

export type Step = { state: FlowState; actions: FlowAction[] };
