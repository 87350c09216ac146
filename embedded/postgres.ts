import { createHash } from 'node:crypto';
import { mkdirSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from './free-port.ts';
import { findBinaries } from './postgres/binaries.ts';
import { DATABASE_USER, prepareCluster } from './postgres/cluster.ts';
import { createDatabase } from './postgres/create-database.ts';
import { endLeftoverServer } from './postgres/leftover-server.ts';
import { serverIdentity } from './postgres/server-identity.ts';
import { startServer, stopServer } from './postgres/server-process.ts';

export type PostgresOptions = {
  /** The folder that holds the cluster and the server's log; made if missing. */
  dataDir: string;
  password: string;
  /** A free one is chosen when absent. */
  port?: number;
  /** No write waits for the disk: for tests, as a power cut then loses the data. */
  fast?: boolean;
};

export type RunningPostgres = { url: string; stop(): Promise<void> };

const DATABASE = 'voicesurveyagent';

/** The address of a database on the server that listens on that port. */
export function databaseUrl(port: number, password: string, name = DATABASE): string {
  return `postgres://${DATABASE_USER}:${encodeURIComponent(password)}@127.0.0.1:${port}/${name}`;
}

/** A PostgreSQL on the loopback interface that keeps its data in the folder; `url` is ready to use. */
export async function startPostgres(options: PostgresOptions): Promise<RunningPostgres> {
  mkdirSync(options.dataDir, { recursive: true });
  const dataDir = realpathSync(options.dataDir);
  const cluster = join(dataDir, 'cluster');
  const name = `voicesurveyagent-${createHash('sha256').update(dataDir).digest('hex').slice(0, 12)}`;
  const identity = serverIdentity();
  const binaries = findBinaries(identity);
  await endLeftoverServer(cluster, name);
  await prepareCluster(cluster, binaries, identity, options.password);

  const port = options.port ?? (await freePort());
  const child = await startServer({
    cluster,
    logFile: join(dataDir, 'postgres.log'),
    binaries,
    identity,
    settings: { port, name, fast: options.fast ?? false },
  });
  // Whatever ends this process in an orderly way ends the server too.
  const endWithUs = () => child.kill('SIGINT');
  process.once('exit', endWithUs);
  const stop = async () => {
    process.off('exit', endWithUs);
    await stopServer(child);
  };
  try {
    await createDatabase(databaseUrl(port, options.password, 'postgres'), DATABASE);
    return { url: databaseUrl(port, options.password), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
