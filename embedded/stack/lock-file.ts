import { linkSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { readJson } from '../persisted.ts';
import { identifyProcess, isRunning, type ProcessIdentity } from '../process-identity.ts';

const WAIT_MS = 50;

/**
 * Takes the lock for this process, or answers who holds it. The lock of a process that was killed fools
 * nobody: it names the start time beside the number, which may belong to someone else by now.
 */
export function takeLock(path: string): ProcessIdentity | null {
  mkdirSync(dirname(path), { recursive: true });
  const draft = `${path}.${process.pid}`;
  writeFileSync(draft, JSON.stringify(identifyProcess(process.pid)));
  try {
    for (;;) {
      if (tryLink(draft, path)) return null;
      const holder = readJson<ProcessIdentity>(path);
      if (isRunning(holder)) return holder;
      clearStale(path, holder);
    }
  } finally {
    rmSync(draft, { force: true });
  }
}

/** Gives the lock back if this process holds it. */
export function releaseLock(path: string): void {
  if (readJson<ProcessIdentity>(path)?.pid === process.pid) rmSync(path, { force: true });
}

/** Does the work while no other process does it. */
export async function exclusively<T>(path: string, work: () => Promise<T>): Promise<T> {
  while (takeLock(path) !== null) await sleep(WAIT_MS);
  try {
    return await work();
  } finally {
    releaseLock(path);
  }
}

/** Two processes may find the same stale lock: each takes it aside, and gives it back if it was a fresh one. */
function clearStale(path: string, judged: ProcessIdentity | null): void {
  const aside = `${path}.${process.pid}.stale`;
  try {
    renameSync(path, aside);
  } catch {
    return; // The other was faster.
  }
  const taken = readJson<ProcessIdentity>(aside);
  if (taken?.pid !== judged?.pid || taken?.started !== judged?.started) tryLink(aside, path);
  rmSync(aside, { force: true });
}

function tryLink(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}
