import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** A process that cannot be mistaken for a later one that was given the same number. */
export type ProcessIdentity = { pid: number; started: string };

/** The identity of a live process, or null: a zombie is not alive, though `kill(pid, 0)` says so. */
export function identifyProcess(pid: number): ProcessIdentity | null {
  const started = process.platform === 'linux' ? startOnLinux(pid) : startElsewhere(pid);
  return started === null ? null : { pid, started };
}

/** Whether exactly this process still runs. */
export function isRunning(identity: ProcessIdentity | null | undefined): boolean {
  return identity != null && identifyProcess(identity.pid)?.started === identity.started;
}

/** The command line of a process as one string; empty where it cannot be read. */
export function commandLine(pid: number): string {
  if (process.platform !== 'linux') return ask('ps', '-o', 'command=', '-p', String(pid));
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
  } catch {
    return '';
  }
}

/** Ends the process: the first signal, then SIGKILL when it has not obeyed in time. Answers when it is gone. */
export async function endProcess(
  identity: ProcessIdentity,
  signal: NodeJS.Signals,
  patienceMs: number,
): Promise<void> {
  for (const step of [signal, 'SIGKILL'] as const) {
    const until = Date.now() + patienceMs;
    if (isRunning(identity)) sendSignal(identity.pid, step);
    while (Date.now() < until) {
      if (!isRunning(identity)) return;
      await sleep(20);
    }
  }
  throw new Error(`Process ${identity.pid} does not end. End it by hand and start again.`);
}

function sendSignal(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/** Boot id and start in clock ticks: the number alone would repeat after a reboot. */
function startOnLinux(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The command in brackets may hold spaces and brackets of its own: count from the last one.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (fields[0] === 'Z' || fields[0] === 'X') return null;
    return `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()}/${fields[19]}`;
  } catch {
    return null;
  }
}

function startElsewhere(pid: number): string | null {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return null;
  }
  if (process.platform === 'win32') return 'unknown';
  const [state = '', ...start] = ask('ps', '-o', 'state=,lstart=', '-p', String(pid)).split(/\s+/);
  return state === '' || state.startsWith('Z') ? null : start.join(' ');
}

function ask(command: string, ...args: string[]): string {
  return spawnSync(command, args, { encoding: 'utf8' }).stdout?.trim() ?? '';
}
