import type { Disposition, FinalStatus } from './call.ts';
import type { FailureKind } from './telephony/provider.ts';

/** How a call ended: by the provider's word, or because nobody could or would tell any more. */
export type CallEnd =
  | { by: 'provider'; status: FinalStatus; failure: FailureKind | null; error_code: string | null }
  | { by: 'reconciler'; disposition: 'dial_unknown' | 'technical' };

export type EndFacts = {
  end: CallEnd;
  /** What the conversation came to, or would as a hang-up; null when there was none. */
  conversation: Disposition | null;
  answered_by_machine: boolean;
  has_consent: boolean;
  answers_count: number;
};

/**
 * The one disposition of an ended call. What the dialogue decided counts before what the line says: `completed` of a
 * provider means only that something answered and that it ended.
 */
export function dispositionOf(facts: EndFacts): Disposition {
  const { end, conversation, answered_by_machine, has_consent } = facts;
  if (answered_by_machine && !has_consent && (conversation === null || SAID_NOTHING.has(conversation))) {
    return 'answering_machine';
  }
  if (conversation === 'completed') return completedOrLess(facts);
  if (conversation !== null) return conversation;
  if (end.by === 'reconciler') return end.disposition;
  return dispositionOfLine(end);
}

// What a machine leaves behind: nobody said no, nobody said yes.
const SAID_NOTHING: ReadonlySet<Disposition> = new Set(['no_explicit_consent', 'technical']);

/** The claim of a finished survey is believed only with its evidence. */
function completedOrLess({ has_consent, answers_count }: EndFacts): Disposition {
  if (!has_consent) return 'technical';
  return answers_count === 3 ? 'completed' : 'break_off';
}

function dispositionOfLine(end: Extract<CallEnd, { by: 'provider' }>): Disposition {
  switch (end.status) {
    case 'busy':
      return 'busy';
    case 'no_answer':
      return 'no_answer';
    case 'failed':
      if (end.failure === 'invalid_number' || end.failure === 'blocked') return end.failure;
      return 'technical';
    case 'completed':
      return 'technical'; // answered, but no conversation ever began
    default:
      return end.status satisfies never;
  }
}
