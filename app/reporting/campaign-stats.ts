import { type RawBuilder, sql } from 'kysely';
import { findCampaign } from '../campaigns/find-campaign.ts';
import type { Db, Tx } from '../infra/db/database.ts';
import type { ContactState } from '../infra/db/tables.ts';
import { aaporRates, casesByCode } from './aapor.ts';
import { answerStats } from './answer-stats.ts';
import { countDispositions } from './count-dispositions.ts';

export type StatsQuery = {
  campaign_id: string;
  bucket: 'hour' | 'day';
  from: Date | null;
  to: Date | null;
  now: Date;
};

const CONTACT_STATES = [
  'pending',
  'in_progress',
  'completed',
  'refused',
  'not_reached',
  'excluded',
] as const satisfies readonly ContactState[];
const OUTCOMES = ['completed', 'refused', 'no_answer', 'busy', 'failed'] as const;

/**
 * The figures of a campaign, by the names of the contract, from the base tables as they are now. One snapshot, so that
 * they agree with each other while calls go on, and one connection, so that many viewers do not take them all.
 */
export function campaignStats(db: Db, query: StatsQuery) {
  return db
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute((tx) => statsOf(tx, query));
}

async function statsOf(tx: Tx, query: StatsQuery) {
  const { campaign_id } = query;
  const campaign = await findCampaign(tx, campaign_id);
  const contacts = await countContacts(tx, campaign_id);
  const attempts = await countAttempts(tx, campaign_id);
  const codes = await countDispositions(tx, campaign_id);
  const time_series = await timeSeries(tx, query, campaign.time_zone ?? 'UTC');
  const funnel = await countFunnel(tx, campaign_id);
  const answers = await answerStats(tx, campaign);
  const { by_state, attempted, total_contacts } = contacts;
  const callable = total_contacts - by_state.excluded;
  const rate = (count: number) => (callable === 0 ? null : count / callable);
  return {
    total_contacts,
    by_state,
    attempted,
    completion_rate: rate(by_state.completed),
    refusal_rate: rate(by_state.refused),
    not_reached_rate: rate(by_state.not_reached),
    aapor: aaporRates(casesByCode(codes)),
    by_disposition_code: codes,
    ...attempts,
    time_series,
    funnel,
    answers,
    updated_at: query.now,
  };
}

async function countContacts(db: Db, campaign_id: string) {
  const { rows } = await sql<{ state: ContactState; count: number; attempted: number }>`
    select state, count(*) as count, count(*) filter (where attempts_count > 0) as attempted
    from contact where campaign_id = ${campaign_id} group by state`.execute(db);
  const counts = new Map(rows.map((row) => [row.state, row.count]));
  const by_state = Object.fromEntries(
    CONTACT_STATES.map((state) => [state, counts.get(state) ?? 0]),
  ) as Record<(typeof CONTACT_STATES)[number], number>;
  return {
    by_state,
    attempted: rows.reduce((sum, row) => sum + row.attempted, 0),
    total_contacts: rows.reduce((sum, row) => sum + row.count, 0),
  };
}

async function countAttempts(db: Db, campaign_id: string) {
  const { rows } = await sql<{ outcome: (typeof OUTCOMES)[number] | null; count: number }>`
    select outcome, count(*) as count from call_attempt where campaign_id = ${campaign_id} group by outcome`.execute(
    db,
  );
  const figures = await sql<{ duration: number | null; p95: number | null }>`
    select
      (select extract(epoch from avg(ended_at - answered_at))::float8 from call_attempt
        where campaign_id = ${campaign_id} and ended_at is not null and answered_at is not null) as duration,
      (select percentile_cont(0.95) within group (order by t.latency_ms) from transcript_turn t
        join call_attempt a on a.id = t.call_attempt_id
        where a.campaign_id = ${campaign_id} and t.latency_ms is not null) as p95`.execute(db);
  const counts = new Map(rows.map((row) => [row.outcome, row.count]));
  return {
    by_outcome: Object.fromEntries(OUTCOMES.map((outcome) => [outcome, counts.get(outcome) ?? 0])) as Record<
      (typeof OUTCOMES)[number],
      number
    >,
    attempts_total: rows.reduce((sum, row) => sum + row.count, 0),
    live_calls: counts.get(null) ?? 0,
    average_call_duration_seconds: figures.rows[0]?.duration ?? null,
    turn_latency_p95_ms: figures.rows[0]?.p95 ?? null,
  };
}

type Bucket = { bucket_start: Date; attempts: number; completions: number; refusals: number };

/** Attempts by the hour or day in which they began, in the campaign's own time zone. */
async function timeSeries(
  db: Db,
  { campaign_id, bucket, from, to }: StatsQuery,
  zone: string,
): Promise<Bucket[]> {
  const { rows } = await sql<Bucket>`
    select date_trunc(${bucket}, started_at, ${zone}) as bucket_start, count(*) as attempts,
      count(*) filter (where outcome = 'completed') as completions,
      count(*) filter (where outcome = 'refused') as refusals
    from call_attempt
    where campaign_id = ${campaign_id}
      and (${from}::timestamptz is null or started_at >= ${from}) and (${to}::timestamptz is null or started_at < ${to})
    group by 1 order by 1 limit 10000`.execute(db);
  return rows;
}

/** How far contacts came, each counted once at every step. */
async function countFunnel(db: Db, campaign_id: string): Promise<{ step: string; count: number }[]> {
  const reached = (isReached: RawBuilder<unknown>) =>
    sql`count(distinct a.contact_id) filter (where ${isReached})`;
  // The answers of a completed call are in its response, those of one that broke off are still its own.
  const resolved = (question: number) => reached(sql`q.question = ${question} or r.id is not null`);
  const { rows } = await sql<Record<string, number>>`
    select count(distinct a.contact_id) as dialled,
      ${reached(sql`a.answered_at is not null or k.decision is not null`)} as answered,
      ${reached(sql`k.decision = 'granted'`)} as consent,
      ${resolved(1)} as question_1, ${resolved(2)} as question_2, ${resolved(3)} as question_3,
      ${reached(sql`a.outcome = 'completed'`)} as completed
    from call_attempt a
    left join consent_record k on k.call_attempt_id = a.id
    left join call_answer q on q.call_attempt_id = a.id
    left join survey_response r on r.call_attempt_id = a.id
    where a.campaign_id = ${campaign_id}`.execute(db);
  return Object.entries(rows[0] ?? {}).map(([step, count]) => ({ step, count }));
}
