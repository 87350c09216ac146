import { sql } from 'kysely';
import type { Db } from '../infra/db/database.ts';
import type { CallOutcome, ProviderStatus } from '../infra/db/tables.ts';
import { FUNNEL_STEPS, type FunnelStep } from './funnel-steps.ts';

/** Where a call stands now. Nobody's name or number is in it, so every role may see it. */
export type CallChange = {
  call_id: string;
  contact_id: string;
  provider_status: ProviderStatus | null;
  step: FunnelStep;
  outcome: CallOutcome | null;
};

type Question = {
  campaign_id: string;
  /** Calls that began since then are told even if they are over. */
  since: Date;
  /** Calls that were live when last asked. */
  live: readonly string[];
};

// A burst of calls is told in parts: who began first comes first.
const MOST = 2_000;

/** The calls that are on, those that were on when last asked, and those that began since: read along small indexes. */
export async function recentCalls(db: Db, { campaign_id, since, live }: Question): Promise<CallChange[]> {
  const { rows } = await sql<Omit<CallChange, 'step'> & { reached: number }>`
    select a.call_id, a.contact_id, a.provider_status, call_reach(a) as reached, a.outcome
    from call_attempt a
    where a.id in (
      select id from call_attempt where campaign_id = ${campaign_id} and ended_at is null
      union all
      select id from call_attempt where call_id = any(${live}::uuid[])
      union all
      select id from call_attempt where campaign_id = ${campaign_id} and started_at >= ${since})
    order by a.started_at, a.id limit ${MOST}`.execute(db);
  return rows.map(({ reached, ...call }) => ({ ...call, step: FUNNEL_STEPS[reached]! }));
}
