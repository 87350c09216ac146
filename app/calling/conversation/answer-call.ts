import { inTransaction } from '../../infra/db/database.ts';
import { isId } from '../../infra/db/id.ts';
import { lockCall } from '../lock-call.ts';
import type { CallPorts } from '../ports.ts';
import type { AnswerDocument, TelephonyProvider } from '../telephony/provider.ts';
import { issueToken } from './issue-token.ts';

type Ctx = Pick<CallPorts, 'db' | 'now'>;

// The first one, and one more for each time the socket is lost: a rolling release may cut a call more than once.
const MOST_CONNECTS = 3;

/**
 * The document for a line that is up: into the conversation (the first time, or again after a lost socket), or hang up
 * when the call is settled, unknown, somebody else's, or its conversation is over.
 */
export function answerCall(
  ctx: Ctx,
  provider: TelephonyProvider,
  input: { call_id: string | null; provider_call_id: string | null },
): Promise<AnswerDocument> {
  return inTransaction(ctx.db, async (tx) => {
    const attempt =
      input.call_id !== null && isId(input.call_id) ? await lockCall(tx, input.call_id) : undefined;
    if (!attempt || attempt.ended_at !== null) return provider.hangUpDocument();
    // Two unknown calls are not the same call.
    if (input.provider_call_id === null) return provider.hangUpDocument();
    if (attempt.provider_call_id !== input.provider_call_id) return provider.hangUpDocument();
    const conversation = await tx
      .selectFrom('conversation')
      .select('disposition')
      .where('call_attempt_id', '=', attempt.id)
      .executeTakeFirst();
    if (conversation && conversation.disposition !== null) return provider.hangUpDocument();
    const token = await issueToken(tx, {
      call_attempt_id: attempt.id,
      most: MOST_CONNECTS,
      now: ctx.now(),
    });
    if (token === null) return provider.hangUpDocument();
    return provider.connectDocument({ call_id: attempt.call_id, token, language: attempt.language });
  });
}
