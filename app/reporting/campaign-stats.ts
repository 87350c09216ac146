import type { Role } from '../auth/user.ts';
import { findCampaign } from '../campaigns/find-campaign.ts';
import type { Db, Tx } from '../infra/db/database.ts';
import type { ContactState } from '../infra/db/tables.ts';
import { aaporRates, casesByCode } from './aapor.ts';
import { answerStats } from './answer-stats.ts';
import { forecastOf } from './forecast.ts';
import { FUNNEL_STEPS } from './funnel-steps.ts';
import {
  type AttemptCell,
  type ContactCell,
  contactCells,
  type LiveCall,
  liveCalls,
  resultCells,
  timeSeries,
} from './read-figures.ts';
import { percentileOf, sumBy } from './tally.ts';

export type StatsQuery = {
  campaign_id: string;
  bucket: 'hour' | 'day';
  from: Date | null;
  to: Date | null;
  role: Role;
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
const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

/**
 * The figures of a campaign, by the names of the contract: as the contacts and calls are now, read from counters that
 * grow with the calling hours and not with the contacts. One snapshot, so that they agree with each other while calls
 * go on, and one connection, so that many viewers do not take them all.
 */
export function campaignStats(db: Db, query: StatsQuery) {
  return db
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute((tx) => statsIn(tx, query));
}

/** The same within a snapshot that more is read from. */
export async function statsIn(tx: Tx, query: StatsQuery) {
  const { campaign_id, role } = query;
  const campaign = await findCampaign(tx, campaign_id);
  const zone = campaign.time_zone ?? 'UTC';
  const contacts = await contactCells(tx, campaign_id);
  const { attempts, hours, latencies, answers, quarters } = await resultCells(tx, campaign_id, zone);
  const live = await liveCalls(tx, campaign_id);
  const codes = sumBy(
    contacts,
    ({ aapor_code }) => aapor_code,
    ({ contacts: count }) => count,
  );
  return {
    ...contactFigures(contacts),
    aapor: aaporRates(casesByCode(codes)),
    by_disposition_code: codes,
    ...attemptFigures(attempts, live),
    turn_latency_p95_ms: percentileOf(latencies, 0.95),
    time_series: await timeSeries(tx, campaign_id, query, zone),
    funnel: funnelOf(contacts, live),
    answer_rate: hours.map(({ weekday, ...cell }) => ({ weekday: WEEKDAYS[weekday - 1]!, ...cell })),
    retry_yield: retryYield(attempts),
    forecast: forecastOf(contacts, attempts, quarters),
    answers: await answerStats(tx, campaign, answers, role),
    updated_at: query.now,
  };
}

function contactFigures(cells: readonly ContactCell[]) {
  const counts = sumBy(
    cells,
    ({ state }) => state,
    ({ contacts }) => contacts,
  );
  const by_state = withZeros(CONTACT_STATES, counts);
  const total_contacts = sum(cells, ({ contacts }) => contacts);
  const callable = total_contacts - by_state.excluded;
  const rate = (count: number) => (callable === 0 ? null : count / callable);
  return {
    total_contacts,
    by_state,
    attempted: sum(cells, (cell) => (cell.attempted ? cell.contacts : 0)),
    completion_rate: rate(by_state.completed),
    refusal_rate: rate(by_state.refused),
    not_reached_rate: rate(by_state.not_reached),
  };
}

function attemptFigures(cells: readonly AttemptCell[], live: readonly LiveCall[]) {
  const counts = sumBy(
    cells,
    ({ outcome }) => outcome,
    ({ attempts }) => attempts,
  );
  const talked = sum(cells, (cell) => (cell.answered ? cell.attempts : 0));
  const talk_us = sum(cells, (cell) => cell.talk_us);
  return {
    by_outcome: withZeros(OUTCOMES, counts),
    attempts_total: sum(cells, ({ attempts }) => attempts) + live.length,
    live_calls: live.length,
    average_call_duration_seconds: talked === 0 ? null : talk_us / talked / 1_000_000,
  };
}

/** How far contacts came, each counted once at every step; a live call may have brought its contact further. */
function funnelOf(cells: readonly ContactCell[], live: readonly LiveCall[]) {
  return FUNNEL_STEPS.map((step, far) => {
    if (far === 0) return { step, count: sum(cells, (cell) => (cell.attempted ? cell.contacts : 0)) };
    const before = sum(cells, (cell) => (cell.reached >= far ? cell.contacts : 0));
    const now = live.filter(({ reached, contact_reached }) => reached >= far && contact_reached < far).length;
    return { step, count: before + now };
  });
}

/** What each further attempt of a contact still brings. */
function retryYield(cells: readonly AttemptCell[]) {
  const numbers = [...new Set(cells.map(({ attempt_number }) => attempt_number))].sort((a, b) => a - b);
  return numbers.map((attempt_number) => {
    const made = cells.filter((cell) => cell.attempt_number === attempt_number);
    return {
      attempt_number,
      attempts: sum(made, ({ attempts }) => attempts),
      answered: sum(made, (cell) => (cell.answered ? cell.attempts : 0)),
      completions: sum(made, (cell) => (cell.outcome === 'completed' ? cell.attempts : 0)),
    };
  });
}

function sum<T>(items: readonly T[], countOf: (item: T) => number): number {
  return items.reduce((total, item) => total + countOf(item), 0);
}

function withZeros<const K extends string>(keys: readonly K[], counts: Record<string, number>) {
  return Object.fromEntries(keys.map((key) => [key, counts[key] ?? 0])) as Record<K, number>;
}
