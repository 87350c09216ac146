import { sql } from 'kysely';
import { adoptLostCall } from './adopt-lost-call.ts';
import { askAboutCall } from './ask-about-call.ts';
import { type Attempt, isFinalStatus } from './call.ts';
import type { CallPorts } from './ports.ts';
import { settleEndedCall } from './settle-ended-call.ts';

type Ctx = Pick<CallPorts, 'db' | 'log' | 'now' | 'phoneHash' | 'provider' | 'settings'>;

const BATCH = 50;
// A dial request is over after ten seconds; one that still counts as being sent belonged to a process that died.
const LOST_AFTER_SECONDS = 30;

/**
 * Looks after calls of which nothing was heard for too long: asks the provider, adopts what a lost answer left behind,
 * and ends what nobody can tell about. Any number of processes may do it. Answers how many it looked at.
 */
export async function reconcileCalls(ctx: Ctx): Promise<number> {
  const now = ctx.now();
  await ctx.db
    .updateTable('call_attempt')
    .set({ dial_state: 'unknown', error_code: 'process_lost' })
    .where('dial_state', '=', 'dialing')
    .where('ended_at', 'is', null)
    .where('dial_commit_at', '<', new Date(now.getTime() - LOST_AFTER_SECONDS * 1_000))
    .execute();
  const overdue = await takeOverdue(ctx, now);
  for (const attempt of overdue) {
    try {
      // Its end waited for last words that never came: the process that heard them is gone.
      const hasEnded = isFinalStatus(attempt.provider_status ?? '');
      if (hasEnded && (await settleEndedCall(ctx, attempt.call_id)) !== null) continue;
      await (attempt.dial_state === 'unknown' ? adoptLostCall : askAboutCall)(ctx, attempt);
    } catch (error) {
      ctx.log.error({ err: error, call_id: attempt.call_id }, 'a call could not be looked after');
    }
  }
  return overdue.length;
}

/**
 * Takes the calls that are due, so that no other process asks about the same ones: each again after half a minute, a
 * minute while a conversation goes on.
 */
async function takeOverdue(ctx: Ctx, now: Date): Promise<Attempt[]> {
  const { rows } = await sql<Attempt>`
    update call_attempt a set last_fact_at = ${now}
    where a.id in (
      select l.id from call_attempt l left join conversation v on v.call_attempt_id = l.id
      where l.ended_at is null and l.dial_commit_at is not null
        and l.dial_state in ('placed', 'unknown')
        and greatest(l.last_fact_at, v.updated_at, l.dial_commit_at) <=
          ${now}::timestamptz - make_interval(secs => case when l.answered_at is null then 30 else 60 end)
        and (l.dial_state = 'unknown' or l.answered_at is not null
          or l.dial_commit_at <= ${now}::timestamptz - make_interval(secs => l.ring_timeout_seconds + 15))
      order by l.id limit ${BATCH} for update of l skip locked)
    returning a.*`.execute(ctx.db);
  return rows;
}
