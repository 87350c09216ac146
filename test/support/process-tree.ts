import { readdirSync, readFileSync } from 'node:fs';

/** The process ids of everything that `pid` began, directly or not, `pid` itself last. Linux only. */
export function processTree(pid: number): number[] {
  const children = new Map<number, number[]>();
  for (const entry of readdirSync('/proc')) {
    if (!/^\d+$/.test(entry)) continue;
    const parent = parentOf(Number(entry));
    if (parent !== null) children.set(parent, [...(children.get(parent) ?? []), Number(entry)]);
  }
  const collect = (one: number): number[] => [...(children.get(one) ?? []).flatMap(collect), one];
  return collect(pid);
}

function parentOf(pid: number): number | null {
  try {
    // After the name in parentheses, which may hold anything: state, then the parent.
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
  } catch {
    return null; // ended meanwhile
  }
}

/** SIGKILLs exactly these processes; one that has already ended is none of our business. */
export function killAll(pids: number[]): void {
  for (const pid of pids) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // already gone
    }
  }
}

/** True while the process exists. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
