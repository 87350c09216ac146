import { execFile, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import type { DemoResult } from '../../embedded/demo/report.ts';
import { isAlive, processTree } from '../support/process-tree.ts';
import { waitFor } from '../support/wait-for.ts';

const ROOT = path.join(import.meta.dirname, '../..');
const run = promisify(execFile);

async function demo(...options: string[]): Promise<DemoResult> {
  const { stdout } = await run(process.execPath, ['embedded/demo.ts', ...options, '--json'], { cwd: ROOT });
  return JSON.parse(stdout.trimEnd().split('\n').at(-1)!) as DemoResult;
}

it('the tour keeps every promise, and the same seed gives the same result', async () => {
  const options = ['--contacts', '40', '--seed', '3'];
  const [first, second] = await Promise.all([demo(...options), demo(...options)]);
  expect(first.violations).toEqual([]);
  expect(second.violations).toEqual([]);
  expect(first.contacts).toBe(40);
  expect(Object.values(first.by_state).reduce((sum, count) => sum + count, 0)).toBe(40);
  expect(first.by_state).toEqual(second.by_state);
  expect(first.emails_sent).toBeGreaterThan(0);
  expect(existsSync(first.export_path)).toBe(true);
}, 420_000);

it.each([
  [['--contacts', 'many'], '--contacts takes a whole number'],
  [['--colour'], 'usage: npm run demo'],
])('a wrong command line %j is answered by a sentence and exit code 2', async (options, sentence) => {
  await expect(run(process.execPath, ['embedded/demo.ts', ...options], { cwd: ROOT })).rejects.toMatchObject({
    code: 2,
    stderr: expect.stringContaining(sentence),
  });
});

it('Ctrl-C in the middle leaves nothing running', async () => {
  const child = spawn(process.execPath, ['embedded/demo.ts', '--contacts', '60'], { cwd: ROOT });
  let told = '';
  child.stderr.on('data', (chunk: Buffer) => (told += chunk));
  const ended = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)));
  await waitFor('calls', () => /[1-9]\d* live/.test(told), 120_000);
  const all = processTree(child.pid!);
  expect(all.length).toBeGreaterThan(2);
  child.kill('SIGINT');
  expect(await ended).toBe(130);
  await waitFor('their end', () => all.every((pid) => !isAlive(pid)));
}, 240_000);
