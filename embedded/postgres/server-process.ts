import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Binaries, program } from './binaries.ts';
import { folderForServer } from './cluster.ts';
import type { ServerIdentity } from './server-identity.ts';
import { type ServerSettings, serverArguments } from './server-settings.ts';

export type ServerStart = {
  cluster: string;
  logFile: string;
  binaries: Binaries;
  identity: ServerIdentity;
  settings: ServerSettings;
};

const START_TIMEOUT_MS = 60_000;

/** Starts the server and answers when it takes connections; its log begins anew with each start. */
export async function startServer(start: ServerStart): Promise<ChildProcess> {
  const log = openSync(start.logFile, 'w', 0o600);
  const child = spawn(
    program(start.binaries, 'postgres'),
    ['-D', folderForServer(start.cluster, start.identity), ...serverArguments(start.settings)],
    {
      cwd: start.cluster,
      stdio: ['ignore', log, log],
      // Of its own group: Ctrl-C in the terminal must reach us alone, as the application drains first.
      detached: true,
      ...(start.identity ?? {}),
    },
  );
  closeSync(log);
  let failure: string | null = null;
  child.once('error', (error) => {
    failure = error.message;
  });
  child.once('exit', () => {
    failure ??= readFileSync(start.logFile, 'utf8').trim().split('\n').slice(-5).join('\n');
  });
  try {
    await untilReady(start, () => failure);
  } catch (error) {
    child.kill('SIGQUIT');
    throw error;
  }
  return child;
}

/** Shuts the server down: at once but cleanly; after ten seconds without a clean-up, which the next start makes good. */
export async function stopServer(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  child.kill('SIGINT');
  const impatience = setTimeout(() => child.kill('SIGQUIT'), 10_000);
  const despair = setTimeout(() => child.kill('SIGKILL'), 20_000);
  await gone;
  clearTimeout(impatience);
  clearTimeout(despair);
}

/** The last line of the server's own lock file says how far it is. */
async function untilReady(start: ServerStart, failed: () => string | null): Promise<void> {
  const lock = join(start.cluster, 'postmaster.pid');
  const until = Date.now() + START_TIMEOUT_MS;
  while (Date.now() < until) {
    const failure = failed();
    if (failure !== null) throw new Error(`PostgreSQL did not start:\n${failure}`);
    if (existsSync(lock) && readFileSync(lock, 'utf8').split('\n')[7]?.trim() === 'ready') return;
    await sleep(10);
  }
  throw new Error(`PostgreSQL was not ready after ${START_TIMEOUT_MS / 1000} s; see ${start.logFile}.`);
}
