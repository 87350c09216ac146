import type { Selectable } from 'kysely';
import type { CallAttempt, CallOutcome, Disposition, ProviderStatus } from '../infra/db/tables.ts';

export type { Disposition, ProviderStatus } from '../infra/db/tables.ts';

/** A call attempt as it is stored. */
export type Attempt = Selectable<CallAttempt>;

/** What follows for the contact once a call is settled with this disposition (SPEC §6). */
type Rule = {
  aapor: string;
  outcome: CallOutcome;
  contact:
    | 'completed'
    | 'refused'
    | 'retry'
    | 'invalid_number'
    | 'wrong_person'
    | 'language_barrier'
    | 'minor';
};

/** Every disposition with its AAPOR code (Standard Definitions), its outcome and what happens to the contact. */
export const DISPOSITIONS = {
  completed: { aapor: '1.1', outcome: 'completed', contact: 'completed' },
  break_off: { aapor: '2.12', outcome: 'failed', contact: 'retry' },
  refusal: { aapor: '2.11', outcome: 'refused', contact: 'refused' },
  opt_out: { aapor: '2.11', outcome: 'refused', contact: 'refused' },
  callback_requested: { aapor: '2.2', outcome: 'no_answer', contact: 'retry' },
  no_explicit_consent: { aapor: '2.3', outcome: 'failed', contact: 'retry' },
  wrong_person: { aapor: '2.3', outcome: 'failed', contact: 'wrong_person' },
  language_barrier: { aapor: '2.3', outcome: 'failed', contact: 'language_barrier' },
  minor: { aapor: '2.3', outcome: 'failed', contact: 'minor' },
  answering_machine: { aapor: '3.14', outcome: 'no_answer', contact: 'retry' },
  no_answer: { aapor: '3.13', outcome: 'no_answer', contact: 'retry' },
  busy: { aapor: '3.12', outcome: 'busy', contact: 'retry' },
  technical: { aapor: '3.16', outcome: 'failed', contact: 'retry' },
  dial_unknown: { aapor: '3.16', outcome: 'failed', contact: 'retry' },
  blocked: { aapor: '3.16', outcome: 'failed', contact: 'retry' },
  invalid_number: { aapor: '4.3', outcome: 'failed', contact: 'invalid_number' },
} as const satisfies Record<Disposition, Rule>;

/** Of several attempts without a final one the highest counts: the order of SPEC §6. */
export const AAPOR_ORDER = ['2.12', '2.2', '2.3', '3.14', '3.13', '3.12', '3.16'] as const;

/** Facts come late, twice and in any order: only a higher rank moves a call, and what ends it is the highest. */
export const STATUS_RANK = {
  initiated: 1,
  ringing: 2,
  answered: 3,
  completed: 4,
  failed: 4,
  no_answer: 4,
  busy: 4,
} as const satisfies Record<ProviderStatus, number>;

export type FinalStatus = Extract<ProviderStatus, 'completed' | 'failed' | 'no_answer' | 'busy'>;

/** True for the statuses after which nothing follows. */
export function isFinalStatus(status: string): status is FinalStatus {
  return STATUS_RANK[status as ProviderStatus] === STATUS_RANK.completed;
}
