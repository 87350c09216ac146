import { join } from 'node:path';
import { readJson } from '../persisted.ts';

const RECENT_MS = 10_000;

/** How long the set-up script that ran right before us took to install packages; 0 when there was nothing to do. */
export function installSeconds(root: string): number {
  const stamp = readJson<{ finished_at: string; seconds: number }>(
    join(root, 'node_modules', '.setup-stamp.json'),
  );
  const startedAt = Date.now() - performance.now();
  return stamp && startedAt - Date.parse(stamp.finished_at) < RECENT_MS ? stamp.seconds : 0;
}
