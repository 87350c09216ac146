import { mkdirSync, rmSync, statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './state.mjs';

const lock = join(root, '.data', 'setup.lock');
const HEARTBEAT_MS = 1000;
const DEAD_AFTER_MS = 10_000;

/** Two commands may start at once on a fresh clone: one works, the other waits; a killed one is not waited for. */
export async function exclusively(work) {
  mkdirSync(join(root, '.data'), { recursive: true });
  while (!take()) await new Promise((resolve) => setTimeout(resolve, 200));
  const heartbeat = setInterval(() => utimesSync(lock, new Date(), new Date()), HEARTBEAT_MS);
  try {
    await work();
  } finally {
    clearInterval(heartbeat);
    rmSync(lock, { recursive: true, force: true });
  }
}

/** Making a folder succeeds for one process only. */
function take() {
  try {
    mkdirSync(lock);
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
    const age = Date.now() - (statSync(lock, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
    if (age > DEAD_AFTER_MS) rmSync(lock, { recursive: true, force: true });
    return false;
  }
}
