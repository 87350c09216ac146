import { Gauge } from 'prom-client';
import { metrics } from './metrics.ts';
import type { Backlog } from './read-backlog.ts';

const gauge = <Label extends string>(name: string, help: string, labelNames: Label[] = []) =>
  new Gauge({ name, help, labelNames, registers: [metrics] });

const databaseUp = gauge('vsa_database_up', 'Whether the database answered when the metrics were asked for');
const liveCalls = gauge('vsa_live_calls', 'Call attempts that have not ended');
const waiting = gauge('vsa_queue_waiting', 'What waits in a queue', ['queue']);
const lag = gauge('vsa_queue_lag_seconds', 'How long the oldest in a queue has waited', ['queue']);
const dead = gauge('vsa_queue_dead', 'What a queue delivers no more: it waits for a person', ['queue']);
const answerRate = gauge('vsa_answer_rate', 'Answered share of the calls that ended within the hour');
const completionRate = gauge(
  'vsa_completion_rate',
  'Completed share of the calls that ended within the hour',
);
const refusalRate = gauge('vsa_refusal_rate', 'Refused share of the calls that ended within the hour');

/** Shows what the database says now; without it the figures are absent rather than old. */
export function showBacklog(backlog: Backlog | null): void {
  databaseUp.set(backlog === null ? 0 : 1);
  for (const one of [liveCalls, waiting, lag, dead, answerRate, completionRate, refusalRate]) one.reset();
  if (backlog === null) {
    for (const one of [liveCalls, answerRate, completionRate, refusalRate]) one.remove();
    return;
  }
  liveCalls.set(backlog.live_calls);
  for (const { queue, ...figures } of backlog.queues) {
    waiting.set({ queue }, figures.waiting);
    lag.set({ queue }, figures.oldest_seconds);
    dead.set({ queue }, figures.dead);
  }
  const { ended, answered, completed, refused } = backlog.hour;
  for (const [rate, share] of [
    [answerRate, answered],
    [completionRate, completed],
    [refusalRate, refused],
  ] as const) {
    // Nothing ended: there is no rate, and 0 would be a wrong one.
    if (ended > 0) rate.set(share / ended);
    else rate.remove();
  }
}
