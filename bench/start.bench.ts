import { type ChildProcess, spawn } from 'node:child_process';
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { freePort } from '../embedded/free-port.ts';
import { startPostgres } from '../embedded/postgres.ts';
import { processTree } from '../test/support/process-tree.ts';
import { type Bench, percentile, round } from './report.ts';

const ROOT = path.join(import.meta.dirname, '..');
const GOALS = { cold_seconds: 2, warm_seconds: 0.7, idle_mib: 220 };
// Idle is what is left once the start's own garbage is gone.
const IDLE_AFTER_MS = 10_000;

/**
 * From the command to the moment when the whole product answers that it is ready: on an empty data folder (cold) and on
 * the one that this left (warm); beside it what PostgreSQL alone takes for initdb and a first query. Then what all its
 * processes hold in memory, shared pages counted by share (PSS).
 */
export const bench: Bench = async ({ print, isSmall }) => {
  const rounds = isSmall ? 1 : 5;
  const seconds: Record<'cold' | 'warm' | 'initdb' | 'query', number[]> = {
    cold: [],
    warm: [],
    initdb: [],
    query: [],
  };
  let idle: number[] = [];
  // A console that is not built yet would be built by the first start.
  await inFolder((folder) => startOnce(folder));
  for (let round = 0; round < rounds; round += 1) {
    await inFolder(async (folder) => {
      seconds.initdb.push(await firstQuery(folder));
      seconds.query.push(await firstQuery(folder));
    });
    await inFolder(async (folder) => {
      seconds.cold.push((await startOnce(folder)).seconds);
      const warm = await startOnce(folder, round === rounds - 1 ? IDLE_AFTER_MS : 0);
      seconds.warm.push(warm.seconds);
      idle = warm.mib;
    });
  }
  const median = (name: keyof typeof seconds) => round(percentile(seconds[name], 0.5));
  const cold = median('cold');
  const initdb = median('initdb');
  print({
    what: 'cold start',
    seconds: cold,
    initdb_and_query_seconds: initdb,
    ratio: round(cold / initdb),
    goal_seconds: GOALS.cold_seconds,
    rounds,
  });
  const warm = median('warm');
  const query = median('query');
  print({
    what: 'warm start',
    seconds: warm,
    postgres_and_query_seconds: query,
    ratio: round(warm / query),
    goal_seconds: GOALS.warm_seconds,
    rounds,
  });
  const [all = 0, application = 0, servers = 0, postgres = 0] = idle.map((mib) => round(mib, 0));
  print({
    what: 'idle, PSS',
    mib: all,
    application_mib: application,
    embedded_servers_mib: servers,
    postgres_mib: postgres,
    goal_mib: GOALS.idle_mib,
  });
};

async function inFolder(work: (folder: string) => Promise<unknown>): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), 'vsa-bench-start-'));
  try {
    await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function firstQuery(dataDir: string): Promise<number> {
  const began = performance.now();
  const server = await startPostgres({ dataDir, password: 'bench' });
  const client = new pg.Client({ connectionString: server.url });
  await client.connect();
  await client.query('select 1');
  const took = (performance.now() - began) / 1_000;
  await client.end();
  await server.stop();
  return took;
}

/** One start of the product and its orderly end; the memory of all, of the application, of the servers and PostgreSQL. */
async function startOnce(folder: string, idleMs = 0): Promise<{ seconds: number; mib: number[] }> {
  const port = await freePort();
  const began = performance.now();
  const child = spawn(process.execPath, ['embedded/start.ts'], {
    cwd: ROOT,
    env: { ...process.env, DATABASE_URL: '', DATA_DIR: folder, PORT: String(port), NODE_ENV: 'development' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  // The banner comes when everything is ready.
  await new Promise<void>((resolve, reject) => {
    child.stdout.once('data', () => resolve());
    child.once('exit', (code) => reject(new Error(`npm start ended with ${code}`)));
  });
  const seconds = (performance.now() - began) / 1_000;
  if (idleMs > 0) await delay(idleMs);
  const mib = memoryOf(child);
  const ended = new Promise((resolve) => child.once('close', resolve));
  child.kill('SIGINT');
  await ended;
  return { seconds, mib };
}

function memoryOf(child: ChildProcess): number[] {
  const pids = processTree(child.pid as number);
  const postgres = pids.filter((pid) => nameOf(pid).startsWith('postgres'));
  const application = pids.filter((pid) =>
    readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('app/main.ts'),
  );
  const sum = (some: number[]) => some.reduce((total, pid) => total + pssOf(pid), 0);
  return [sum(pids), sum(application), pssOf(child.pid as number), sum(postgres)];
}

const nameOf = (pid: number) => readFileSync(`/proc/${pid}/comm`, 'utf8').trim();

function pssOf(pid: number): number {
  if (!readdirSync(`/proc/${pid}`).includes('smaps_rollup')) return 0;
  const [, kib = '0'] = /^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8')) ?? [];
  return Number(kib) / 1_024;
}
