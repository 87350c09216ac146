import { sql } from 'kysely';
import type { Tx } from '../infra/db/database.ts';
import type { CallOutcome, ContactState } from '../infra/db/tables.ts';

/** Contacts that have all of this in common. */
export type ContactCell = {
  state: ContactState;
  attempted: boolean;
  aapor_code: string;
  reached: number;
  contacts: number;
};
/** Ended attempts that have all of this in common; microseconds talked. */
export type AttemptCell = {
  attempt_number: number;
  outcome: CallOutcome;
  answered: boolean;
  attempts: number;
  talk_us: number;
};
export type Bucket = { bucket_start: Date; attempts: number; completions: number; refusals: number };
/** Ended attempts by the local day of the week (1 = Monday) and hour in which they began. */
export type HourCell = { weekday: number; hour: number; attempts: number; answered: number };
/** Value counts of what is no attempt: milliseconds of a turn, answers to a question. */
export type ValueCell = { number: number; value: string; entries: number };
/** A live call: when it began, how far it came, and how far its contact's earlier calls had come. */
export type LiveCall = { started_at: Date; attempt_number: number; reached: number; contact_reached: number };

/** From the counters that every change of a contact leaves: a few hundred cells, however many contacts there are. */
export async function contactCells(tx: Tx, campaign_id: string): Promise<ContactCell[]> {
  const { rows } = await sql<ContactCell>`
    select state, attempted, aapor_code, reached, sum(contacts)::bigint as contacts
    from contact_cells(array[${campaign_id}::uuid]) group by 1, 2, 3, 4 having sum(contacts) <> 0`.execute(
    tx,
  );
  return rows;
}

type ResultCells = {
  /** Quarters of an hour in which a call began. */
  quarters: number;
  attempts: AttemptCell[];
  hours: HourCell[];
  latencies: ValueCell[];
  answers: ValueCell[];
};

/** From the counters that every ended attempt, turn and answer leaves. One look at them, added up in four ways. */
export async function resultCells(tx: Tx, campaign_id: string, zone: string): Promise<ResultCells> {
  const { rows } = await sql<{ cells: ResultCells }>`
    with cell as materialized (select * from result_cells(${campaign_id})),
    attempt as (
      select number as attempt_number, value as outcome, answered, sum(entries) as attempts, sum(talk_us) as talk_us
      from cell where figure = 'attempt' group by 1, 2, 3),
    hour as (
      select extract(isodow from slot at time zone ${zone})::int as weekday,
        extract(hour from slot at time zone ${zone})::int as hour,
        sum(entries) as attempts, coalesce(sum(entries) filter (where answered), 0) as answered
      from cell where figure = 'attempt' group by 1, 2),
    value as (select figure, number, value, sum(entries) as entries from cell where figure <> 'attempt' group by 1, 2, 3)
    select jsonb_build_object(
      'quarters', (select count(distinct slot) from cell where figure = 'attempt'),
      'attempts', (select coalesce(jsonb_agg(a), '[]') from attempt a),
      'hours', (select coalesce(jsonb_agg(h order by h.weekday, h.hour), '[]') from hour h),
      'latencies', (select coalesce(jsonb_agg(v order by v.number), '[]') from value v where v.figure = 'latency'),
      'answers', (select coalesce(jsonb_agg(v), '[]') from value v where v.figure = 'answer')) as cells`.execute(
    tx,
  );
  return rows[0]!.cells;
}

type Range = { bucket: 'hour' | 'day'; from: Date | null; to: Date | null };

/** Attempts by the hour or day in which they began, in the campaign's own zone; live ones are attempts, too. */
export async function timeSeries(
  tx: Tx,
  campaign_id: string,
  { bucket, from, to }: Range,
  zone: string,
): Promise<Bucket[]> {
  const { rows } = await sql<Bucket>`
    select date_trunc(${bucket}, begun.slot, ${zone}) as bucket_start, sum(begun.attempts)::bigint as attempts,
      coalesce(sum(begun.attempts) filter (where begun.outcome = 'completed'), 0)::bigint as completions,
      coalesce(sum(begun.attempts) filter (where begun.outcome = 'refused'), 0)::bigint as refusals
    from (
      select slot, value as outcome, entries as attempts from result_cells(${campaign_id}) where figure = 'attempt'
      union all
      select started_at, null, 1 from call_attempt where campaign_id = ${campaign_id} and ended_at is null
    ) begun
    where (${from}::timestamptz is null or begun.slot >= date_bin('15 minutes', ${from}, '2000-01-01 00:00+00'))
      and (${to}::timestamptz is null or begun.slot < ${to})
    group by 1 order by 1 limit 10000`.execute(tx);
  return rows;
}

/** The calls that are on; few at any time, and read from where they are. */
export async function liveCalls(tx: Tx, campaign_id: string): Promise<LiveCall[]> {
  const { rows } = await sql<LiveCall>`
    select a.started_at, a.attempt_number, call_reach(a) as reached, c.reached as contact_reached
    from call_attempt a join contact c on c.id = a.contact_id
    where a.campaign_id = ${campaign_id} and a.ended_at is null`.execute(tx);
  return rows;
}
