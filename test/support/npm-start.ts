import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { freePort } from '../../embedded/free-port.ts';
import { processTree } from './process-tree.ts';
import { waitFor } from './wait-for.ts';

const ROOT = path.join(import.meta.dirname, '../..');

export type Services = {
  console: string;
  issuer: string;
  carrier: string;
  mailbox: string;
  smtp: string;
  database: string;
};

export type Running = {
  child: ChildProcess;
  output(): string;
  services(): Promise<Services>;
  /** The application's own process, told by its command line. */
  appPid(): number;
  /** Ctrl-C; answers the exit code. */
  stop(): Promise<number | null>;
};

/** What `npm start` runs, on its own data folder and a free port; resolves when the product is ready. */
export async function npmStart(dataDir: string, env: Record<string, string> = {}): Promise<Running> {
  const port = env.PORT ?? String(await freePort());
  const child = spawn(process.execPath, ['embedded/start.ts'], {
    cwd: ROOT,
    env: { ...process.env, DATABASE_URL: '', DATA_DIR: dataDir, PORT: port, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  child.stdout?.on('data', (chunk: Buffer) => (output += chunk));
  child.stderr?.on('data', (chunk: Buffer) => (output += chunk));
  const services = async () =>
    JSON.parse(await readFile(path.join(dataDir, 'services.json'), 'utf8')) as Services;
  await waitFor(
    'the product being ready',
    async () => {
      if (child.exitCode !== null) return true;
      return (await fetch(`http://localhost:${port}/health/ready`)).ok && output.includes('Ctrl-C');
    },
    120_000,
  );
  if (child.exitCode !== null) throw new Error(`npm start ended with ${child.exitCode}:\n${output}`);
  return { child, output: () => output, services, appPid: () => appPid(child), stop: () => stop(child) };
}

function appPid(child: ChildProcess): number {
  const pids = processTree(child.pid ?? 0);
  const found = pids.find((pid) => commandOf(pid).includes('app/main.ts'));
  if (!found) throw new Error('the application does not run');
  return found;
}

function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
  } catch {
    return '';
  }
}

async function stop(child: ChildProcess): Promise<number | null> {
  if (child.exitCode !== null) return child.exitCode;
  const ended = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)));
  child.kill('SIGINT');
  return ended;
}
