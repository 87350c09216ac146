import type { Call, CallRequest } from '../call.ts';
import type { PersonaName } from '../cast/cast.ts';
import type { Respondent } from '../cast/respondent.ts';
import type { Callbacks } from '../webhooks/callbacks.ts';

/** Why a line was cut, and by whom; the reason of `LiveCall.line`'s abort. */
export class HangUp extends Error {
  readonly by: 'respondent' | 'application' | 'network';

  constructor(by: HangUp['by']) {
    super(`hung up by the ${by}`);
    this.name = 'HangUp';
    this.by = by;
  }
}

/** A call that has not ended, with the person at the other end. */
export interface LiveCall {
  readonly call: Call;
  readonly request: CallRequest;
  readonly persona: PersonaName;
  readonly respondent: Respondent;
  readonly callbacks: Callbacks;
  /** Abort it with a HangUp to cut the line, from whichever side. */
  readonly line: AbortController;
}
