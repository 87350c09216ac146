import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { commandLine, endProcess, identifyProcess } from '../process-identity.ts';

/**
 * Ends the server that an earlier run of ours left behind on this folder, and clears its lock.
 *
 * It is ended, not adopted: a server has one parent, which sees it die and owns its log, and a fast shutdown
 * takes a few milliseconds. A lock whose number now belongs to some other process is only removed, as
 * PostgreSQL itself would refuse to start while any process has that number.
 */
export async function endLeftoverServer(cluster: string, name: string): Promise<void> {
  const lock = join(cluster, 'postmaster.pid');
  if (!existsSync(lock)) return;
  const pid = Number(readFileSync(lock, 'utf8').split('\n')[0]);
  const identity = Number.isInteger(pid) && pid > 0 ? identifyProcess(pid) : null;
  // The server carries its cluster's name on its command line; on Windows that cannot be read.
  if (identity && (process.platform === 'win32' || commandLine(pid).includes(name))) {
    await endProcess(identity, 'SIGINT', 10_000);
  }
  rmSync(lock, { force: true });
}
