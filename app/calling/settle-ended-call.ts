import { inTransaction } from '../infra/db/database.ts';
import type { Disposition } from '../infra/db/tables.ts';
import { type FinalStatus, isFinalStatus } from './call.ts';
import { isBeingHeard } from './conversation/hearing.ts';
import { lockCall } from './lock-call.ts';
import type { CallPorts } from './ports.ts';
import { settleCall } from './settle-call.ts';

type Ctx = Pick<CallPorts, 'db' | 'now' | 'phoneHash'>;

/**
 * Settles a call whose end had to wait for its last words. Null when it is settled, has not ended, or words are still
 * being understood.
 */
export function settleEndedCall(ctx: Ctx, call_id: string): Promise<Disposition | null> {
  return inTransaction(ctx.db, async (tx) => {
    const attempt = await lockCall(tx, call_id);
    if (!attempt || attempt.ended_at !== null || !isFinalStatus(attempt.provider_status ?? '')) return null;
    const now = ctx.now();
    if (await isBeingHeard(tx, attempt.id, now)) return null;
    const status = attempt.provider_status as FinalStatus;
    const fact = await tx
      .selectFrom('call_event')
      .select('occurred_at')
      .where('call_id', '=', call_id)
      .where('type', '=', status)
      .orderBy('occurred_at')
      .executeTakeFirst();
    const { error_code } = attempt;
    return settleCall(tx, {
      call_id,
      // Only a conversation makes an end wait, and what it came to counts before any failure of the line.
      end: { by: 'provider', status, failure: null, error_code },
      ended_at: fact?.occurred_at ?? now,
      now,
      phoneHash: ctx.phoneHash,
    });
  });
}
