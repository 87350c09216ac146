import { PgBoss } from 'pg-boss';

/** pg-boss, plain: jobs inserted, fetched and completed in batches, without waiting for its polls. */
export async function openBoss(url: string) {
  const boss = new PgBoss({ connectionString: url, supervise: false, schedule: false, max: 20 });
  boss.on('error', (error) => console.error(error));
  await boss.start();
  await boss.createQueue('events');
  return {
    batched: async (count: number) => {
      const startedMs = performance.now();
      for (let at = 0; at < count; at += 1_000) {
        const jobs = Array.from({ length: Math.min(1_000, count - at) }, (_, n) => ({ data: { n } }));
        await boss.insert('events', jobs);
      }
      const addedMs = performance.now();
      for (let done = 0; done < count; ) {
        const jobs = await boss.fetch('events', { batchSize: 500 });
        await boss.complete(
          'events',
          jobs.map(({ id }) => id),
        );
        done += jobs.length;
      }
      return { publish: (addedMs - startedMs) / 1_000, consume: (performance.now() - addedMs) / 1_000 };
    },
    close: () => boss.stop({ graceful: false }),
  };
}
