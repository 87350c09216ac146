/** What a respondent may have meant; a closed set, the same for rules and models. */
export const LABELS = [
  'yes',
  'no',
  'stop',
  'opt_out',
  'callback',
  'wrong_person',
  'minor',
  'language_barrier',
  'who',
  'bot',
  'repeat',
  'hold',
  'goodbye',
  'voicemail',
  'dont_know',
  'refuse_item',
  'number',
  'answer',
  'unclear',
] as const;
export type Label = (typeof LABELS)[number];

/** What the agent is waiting for, which decides how the same words are understood. */
export type Listening =
  | { context: 'consent' }
  | {
      context: 'question';
      type: 'free_text' | 'numeric' | 'scale';
      scale_min: number | null;
      scale_max: number | null;
    };

/**
 * `rule` names what decided, for the evidence; `callback_at_minutes` only with `callback` and a time that was given;
 * `needs_confirmation` only with a `yes` that somebody doubts: it is asked for once more.
 */
export type Interpretation = {
  label: Label;
  value: number | null;
  confidence: number;
  rule: string;
  callback_at_minutes?: number | null;
  needs_confirmation?: boolean;
};

export type Utterance = {
  text: string;
  language: 'en' | 'it';
  listening: Listening;
  /** True for the first words on the line, which may be an answering machine's. */
  first_speech: boolean;
};

/** Turns words into a label. It never decides what is said next: that is the flow's. */
export type Interpreter = {
  name: string;
  interpret(utterance: Utterance): Promise<Interpretation>;
  /** Makes ready what the first utterance would have to wait for. */
  prepare?(): Promise<void>;
  /** True while a model that keeps failing is left alone; the rules need no pause. */
  isPaused?(): boolean;
};
