import type { FlowDisposition } from '../flow.ts';

/** The fixed set of a trial run, the same people in every language. */
export const RESPONDENTS = [
  'eager',
  'refuser',
  'off_the_list',
  'changes_mind',
  'stops_midway',
  'wrong_person',
  'child',
  'answering_machine',
  'machine_detected',
  'mumbler',
  'asks_robot',
  'asks_who',
  'asks_repeat',
  'prompt_injector',
  'hangs_up',
  'breaks_off',
  'silent',
  'falls_silent',
  'callback',
  'other_language',
  'out_of_range',
  'rather_not_say',
] as const;
export type RespondentId = (typeof RESPONDENTS)[number];

/** What somebody says or does; `gives` fits the question that is open, or misses it on purpose. */
export type Line =
  | string
  | { does: 'silence' | 'hung_up' | 'machine_detected' }
  | { gives: 'answer' | 'no_fit' };

/**
 * A respondent as data. They react to what is open: one line each time the consent question is put, one each time a
 * question is; who has nothing left keeps silent.
 */
export type Respondent = {
  consent: Line[];
  /** Of each question in order; without it they answer all three. */
  questions?: [Line[], Line[], Line[]];
};

/** What must come of it, whatever the three questions are. */
export type Expected = {
  consent: 'granted' | 'refused' | null;
  disposition: FlowDisposition;
  answers: ('answered' | 'refused' | 'dont_know' | 'not_understood')[];
};

const NO_CONSENT = { consent: null, answers: [] } satisfies Partial<Expected>;
const REFUSED = { consent: 'refused', answers: [] } satisfies Partial<Expected>;
const COMPLETED = {
  consent: 'granted',
  disposition: 'completed',
  answers: ['answered', 'answered', 'answered'],
} satisfies Expected;

/** The same in every language: who says this must end as that. */
export const EXPECTED: Record<RespondentId, Expected> = {
  eager: COMPLETED,
  refuser: { ...REFUSED, disposition: 'refusal' },
  off_the_list: { ...REFUSED, disposition: 'opt_out' },
  changes_mind: { ...REFUSED, disposition: 'refusal' },
  stops_midway: { consent: 'granted', disposition: 'refusal', answers: ['answered'] },
  wrong_person: { ...NO_CONSENT, disposition: 'wrong_person' },
  child: { ...NO_CONSENT, disposition: 'minor' },
  answering_machine: { ...NO_CONSENT, disposition: 'answering_machine' },
  machine_detected: { ...NO_CONSENT, disposition: 'answering_machine' },
  mumbler: { ...NO_CONSENT, disposition: 'no_explicit_consent' },
  asks_robot: COMPLETED,
  asks_who: { ...REFUSED, disposition: 'refusal' },
  asks_repeat: COMPLETED,
  prompt_injector: { ...NO_CONSENT, disposition: 'no_explicit_consent' },
  hangs_up: { ...NO_CONSENT, disposition: 'no_explicit_consent' },
  breaks_off: { consent: 'granted', disposition: 'break_off', answers: ['answered'] },
  silent: { ...NO_CONSENT, disposition: 'no_explicit_consent' },
  falls_silent: { ...COMPLETED, answers: ['not_understood', 'not_understood', 'not_understood'] },
  callback: { ...NO_CONSENT, disposition: 'callback_requested' },
  other_language: { ...NO_CONSENT, disposition: 'language_barrier' },
  out_of_range: COMPLETED,
  rather_not_say: { ...COMPLETED, answers: ['refused', 'dont_know', 'answered'] },
};
