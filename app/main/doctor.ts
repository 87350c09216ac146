import { type Context, createContext } from '../context.ts';
import { readEnvironment } from '../infra/config/env.ts';
import { goThroughProxy } from '../infra/config/proxy.ts';
import { CHECKS, type Finding } from './doctor-checks.ts';
import { explainFailure } from './explain-failure.ts';

// Longer than any client's own patience with its server.
const PATIENCE_MS = 15_000;

/** Checks everything that the settings name, and prints a sentence each; true when nothing is wrong. */
export async function doctor({ json }: { json: boolean }): Promise<boolean> {
  const read = await readEnvironment();
  if ('faults' in read) {
    const faults = read.faults.map((fault): Finding => ({ check: 'settings', state: 'wrong', says: fault }));
    print(faults, json);
    return false;
  }
  goThroughProxy(read.config.proxy);
  const ctx = createContext({ ...read.config, log_level: 'silent' });
  const sound: Finding = { check: 'settings', state: 'ok', says: 'all settings make sense' };
  const { database, ...others } = CHECKS as { database: Check };
  const first = await examine(ctx, 'database', database);
  const isThere = first.every(({ state }) => state !== 'wrong');
  const found = await Promise.all(
    Object.entries(others as typeof CHECKS)
      .filter(([, { needsDatabase }]) => isThere || !needsDatabase)
      .map(([name, check]) => examine(ctx, name, check)),
  );
  const findings = [sound, ...first, ...found.flat()];
  print(findings, json);
  return findings.every(({ state }) => state !== 'wrong');
}

type Check = (typeof CHECKS)[string];

async function examine(ctx: Context, check: string, { where, ask }: Check): Promise<Finding[]> {
  const place = where(ctx.config);
  if (place === null) return [];
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(Object.assign(new Error('late'), { code: 'ETIMEDOUT' })), PATIENCE_MS);
  });
  try {
    const answer = await Promise.race([ask(ctx), late]);
    const { state = 'ok', says } = typeof answer === 'string' ? { says: answer } : answer;
    return [{ check, state, says }];
  } catch (error) {
    return [{ check, state: 'wrong', says: explainFailure(error, place) }];
  } finally {
    clearTimeout(timer);
  }
}

function print(findings: Finding[], json: boolean): void {
  const widest = Math.max(...findings.map(({ check }) => check.length));
  const line = ({ check, state, says }: Finding) => `${state.padEnd(5)}  ${check.padEnd(widest)}  ${says}`;
  const lines = findings.map((finding) => (json ? JSON.stringify(finding) : line(finding)));
  process.stdout.write(`${lines.join('\n')}\n`);
}
