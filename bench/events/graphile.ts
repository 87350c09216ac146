import { Logger, type Runner, run } from 'graphile-worker';
import pg from 'pg';

/** graphile-worker as its own benchmark sets it up: a local queue of 500 and batched completion. */
export async function openGraphile(url: string) {
  const pool = new pg.Pool({ connectionString: url, max: 20 });
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));
  // It tells of every job; nobody reads that here.
  const logger = new Logger(() => () => {});
  let seen = () => {};
  const start = (): Promise<Runner> =>
    run({
      pgPool: pool,
      concurrency: 24,
      taskList: { task: async () => seen() },
      noHandleSignals: true,
      logger,
      preset: {
        worker: { localQueue: { size: 500 }, completeJobBatchDelay: 0, failJobBatchDelay: 0 },
      } as never,
    });
  await (await start()).stop();

  return {
    /** Seconds to add jobs in batches, and to run them. */
    batched: async (count: number) => {
      let done = 0;
      let finished = () => {};
      const all = new Promise<void>((resolve) => {
        finished = resolve;
      });
      seen = () => {
        done += 1;
        if (done === count) finished();
      };
      const startedMs = performance.now();
      for (let at = 0; at < count; at += 1_000) {
        await pool.query(
          `select graphile_worker.add_jobs(array(
             select json_populate_record(null::graphile_worker.job_spec,
               json_build_object('identifier', 'task', 'payload', json_build_object('n', n)))
             from generate_series(1, $1::int) n))`,
          [Math.min(1_000, count - at)],
        );
      }
      const addedMs = performance.now();
      const runner = await start();
      await all;
      const endedMs = performance.now();
      await runner.stop();
      return { publish: (addedMs - startedMs) / 1_000, consume: (endedMs - addedMs) / 1_000 };
    },
    latencies: async (count: number) => {
      const runner = await start();
      const samples: number[] = [];
      for (let at = 0; at < count; at += 1) {
        const arrived = new Promise<void>((resolve) => {
          seen = resolve;
        });
        const startedMs = performance.now();
        await pool.query(`select graphile_worker.add_job('task', '{"n":1}')`);
        await arrived;
        samples.push(performance.now() - startedMs);
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      await runner.stop();
      return samples;
    },
    close: () => pool.end(),
  };
}
