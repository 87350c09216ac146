import { benchDatabase } from './database.ts';
import { openBoss } from './events/boss.ts';
import { openGraphile } from './events/graphile.ts';
import { openOurs } from './events/ours.ts';
import { type Bench, percentile, round } from './report.ts';

const ROUNDS = 3;

type Times = { publish: number; consume: number };

/**
 * Survey events published and consumed beside graphile-worker (as its own benchmark sets it up) and plain pg-boss, in
 * batches on the same server; then, one at a time, from the insert to the handler. Ours keeps a contact's order and an
 * inbox that makes repeats harmless; the others keep neither.
 */
export const bench: Bench = async ({ print, isSmall }) => {
  const count = isSmall ? 1_000 : 10_000;
  const server = await benchDatabase();
  const [ours, graphile, boss] = [
    await openOurs(server.url),
    await openGraphile(server.url),
    await openBoss(server.url),
  ];
  try {
    await ours.bus(500, true);
    await graphile.batched(500);
    await boss.batched(500);
    for (let turn = 1; turn <= ROUNDS; turn += 1) {
      const limits = { graphile: await graphile.batched(count), boss: await boss.batched(count) };
      const bus = await ours.bus(count, false);
      const withInbox = await ours.bus(count, true);
      const outbox = await ours.outbox(count);
      const what = (name: string) => `${count} events, ${name}, round ${turn}`;
      print({ what: what('graphile-worker, local queue 500'), ...rates(count, limits.graphile) });
      print({ what: what('pg-boss, fetch 500'), ...rates(count, limits.boss) });
      print({
        what: what('our bus on PostgreSQL'),
        ...rates(count, bus),
        ratio_to_graphile_worker: round(total(limits.graphile) / total(bus)),
        ratio_to_pg_boss: round(total(limits.boss) / total(bus)),
      });
      print({
        what: what('our bus with a consumer’s inbox'),
        ...rates(count, withInbox),
        ratio_to_graphile_worker: round(total(limits.graphile) / total(withInbox)),
        ratio_to_pg_boss: round(total(limits.boss) / total(withInbox)),
      });
      print({
        what: what('from the written outbox through relay and bus'),
        events_per_second: Math.round(count / outbox),
        ratio_to_graphile_worker_run_only: round(limits.graphile.consume / outbox),
      });
    }
    const samples = isSmall ? 50 : 500;
    await ours.tidy();
    await ours.latencies(20);
    await graphile.latencies(20);
    print({ what: 'insert to handler, outbox, relay and bus', ...spread(await ours.latencies(samples)) });
    print({ what: 'insert to handler, graphile-worker', ...spread(await graphile.latencies(samples)) });
  } finally {
    await ours.close();
    await graphile.close();
    await boss.close();
    await server.stop();
  }
};

const total = ({ publish, consume }: Times) => publish + consume;

function rates(count: number, times: Times) {
  return {
    published_per_second: Math.round(count / times.publish),
    consumed_per_second: Math.round(count / times.consume),
    events_per_second: Math.round(count / total(times)),
  };
}

function spread(samples: number[]) {
  return { p50_ms: round(percentile(samples, 0.5)), p95_ms: round(percentile(samples, 0.95)) };
}
