import type { CallOutcome, Disposition } from '../infra/db/tables.ts';

export type { CallOutcome, Disposition } from '../infra/db/tables.ts';

/** What follows for the contact once a call is settled with this disposition (SPEC §6). */
type Rule = {
  aapor: string;
  outcome: CallOutcome;
  then: 'completed' | 'refused' | 'retry' | 'invalid_number' | 'wrong_person' | 'language_barrier' | 'minor';
};

/** Every disposition with its AAPOR code (Standard Definitions), its outcome and what happens to the contact. */
export const DISPOSITIONS = {
  completed: { aapor: '1.1', outcome: 'completed', then: 'completed' },
  break_off: { aapor: '2.12', outcome: 'failed', then: 'retry' },
  refusal: { aapor: '2.11', outcome: 'refused', then: 'refused' },
  opt_out: { aapor: '2.11', outcome: 'refused', then: 'refused' },
  callback_requested: { aapor: '2.2', outcome: 'no_answer', then: 'retry' },
  no_explicit_consent: { aapor: '2.3', outcome: 'failed', then: 'retry' },
  wrong_person: { aapor: '2.3', outcome: 'failed', then: 'wrong_person' },
  language_barrier: { aapor: '2.3', outcome: 'failed', then: 'language_barrier' },
  minor: { aapor: '2.3', outcome: 'failed', then: 'minor' },
  answering_machine: { aapor: '3.14', outcome: 'no_answer', then: 'retry' },
  no_answer: { aapor: '3.13', outcome: 'no_answer', then: 'retry' },
  busy: { aapor: '3.12', outcome: 'busy', then: 'retry' },
  technical: { aapor: '3.16', outcome: 'failed', then: 'retry' },
  dial_unknown: { aapor: '3.16', outcome: 'failed', then: 'retry' },
  blocked: { aapor: '3.16', outcome: 'failed', then: 'retry' },
  invalid_number: { aapor: '4.3', outcome: 'failed', then: 'invalid_number' },
} as const satisfies Record<Disposition, Rule>;

/** Of several attempts without a final one the highest counts: the order of SPEC §6. */
export const AAPOR_ORDER = ['2.12', '2.2', '2.3', '3.14', '3.13', '3.12', '3.16'] as const;
