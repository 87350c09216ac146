import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { migrate } from '../app/infra/db/migrate.ts';
import { startPostgres } from '../embedded/postgres.ts';

/** A migrated PostgreSQL of the benchmark's own, as durable as in production; stop() takes it away. */
export async function benchDatabase(): Promise<{ url: string; stop(): Promise<void> }> {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'vsa-bench-'));
  const server = await startPostgres({ dataDir, password: randomUUID() });
  await migrate(server.url);
  return {
    url: server.url,
    stop: async () => {
      await server.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
