import { type ChildProcess, spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { readJson, writeJson } from '../persisted.ts';
import { endProcess, identifyProcess, isRunning, type ProcessIdentity } from '../process-identity.ts';
import { LogFile } from './log-file.ts';
import type { Settings } from './settings.ts';

export type ApplicationOptions = {
  root: string;
  dataDir: string;
  settings: Settings;
  /** Told in a line what happened. */
  log(line: string): void;
  /** Called when the application dies too often to go on. */
  givenUp(): void;
};

// As the image starts it.
const NODE_OPTIONS = ['--max-semi-space-size=8'];
const CRASHES = { most: 5, withinMs: 60_000 };

/** The application as a child process that is started again when it dies, as a cluster would do. */
export class Application {
  readonly #options: ApplicationOptions;
  readonly #log: LogFile;
  readonly #endWithUs = () => this.#child?.kill('SIGTERM');
  #child: ChildProcess | null = null;
  #deaths: number[] = [];
  #wanted = false;

  constructor(options: ApplicationOptions) {
    this.#options = options;
    this.#log = new LogFile(join(options.dataDir, 'logs', 'application.log'));
  }

  pid(): number | undefined {
    return this.#child?.pid;
  }

  /** Whether the application runs or is about to run again. */
  get wanted(): boolean {
    return this.#wanted;
  }

  start(): void {
    this.#wanted = true;
    process.once('exit', this.#endWithUs);
    this.#spawn();
  }

  /** Asks the application to finish its calls, and ends it when that takes longer than the patience. */
  async stop(patienceMs: number): Promise<void> {
    this.#wanted = false;
    process.off('exit', this.#endWithUs);
    const identity = this.#child?.pid ? identifyProcess(this.#child.pid) : null;
    if (identity) await endProcess(identity, 'SIGTERM', patienceMs);
    rmSync(identityFile(this.#options.dataDir), { force: true });
  }

  /** Ends the application where it stands, for a `stop` that takes too long. */
  kill(): void {
    this.#child?.kill('SIGKILL');
  }

  #spawn(): void {
    const { root, dataDir, settings } = this.#options;
    const child = this.#log.open((log) =>
      // It migrates first: a process of its own for that would cost as much as starting.
      spawn(process.execPath, [...NODE_OPTIONS, 'app/main.ts', 'all', '--migrate'], {
        cwd: root,
        env: settings,
        stdio: ['ignore', log, log],
        // Of its own group: Ctrl-C in the terminal must reach us alone, who ask for an orderly end.
        detached: true,
      }),
    );
    this.#child = child;
    if (child.pid) writeJson(identityFile(dataDir), identifyProcess(child.pid));
    child.once('exit', (code, signal) => this.#died(code ?? signal));
    child.once('error', (error) => this.#options.log(`The application cannot start: ${error.message}`));
  }

  #died(how: number | string | null): void {
    this.#child = null;
    if (!this.#wanted) return;
    const now = Date.now();
    this.#deaths = [...this.#deaths.filter((at) => now - at < CRASHES.withinMs), now];
    this.#options.log(`The application ended unexpectedly (${how}). ${this.#log.lastLines()}`);
    if (this.#deaths.length >= CRASHES.most) {
      this.#wanted = false;
      this.#options.log(`It died ${CRASHES.most} times within a minute: giving up.`);
      this.#options.givenUp();
      return;
    }
    const pauseMs = 250 * 2 ** (this.#deaths.length - 1);
    void sleep(pauseMs).then(() => {
      if (this.#wanted) this.#spawn();
    });
  }
}

/** Ends the application that an earlier start left behind when it was killed. */
export async function endLeftoverApplication(dataDir: string): Promise<boolean> {
  const left = readJson<ProcessIdentity>(identityFile(dataDir));
  const found = isRunning(left);
  // Its telephone network died with its start: there is no call left to finish.
  if (left && found) await endProcess(left, 'SIGTERM', 2000);
  rmSync(identityFile(dataDir), { force: true });
  return found;
}

function identityFile(dataDir: string): string {
  return join(dataDir, 'application.json');
}
