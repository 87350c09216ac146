import type { Db } from '../../infra/db/database.ts';
import { turnLatency } from '../../infra/observability/metrics.ts';

/** Keeps how long the respondent waited for this turn: from their last word to our first frame, in milliseconds. */
export async function storeLatency(
  db: Db,
  input: { call_attempt_id: string; position: number; latency_ms: number },
): Promise<void> {
  turnLatency.observe(input.latency_ms / 1_000);
  await db
    .updateTable('transcript_turn')
    .set({ latency_ms: input.latency_ms })
    .where('call_attempt_id', '=', input.call_attempt_id)
    .where('position', '=', input.position)
    .execute();
}
