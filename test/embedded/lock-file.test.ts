import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { identifyProcess } from '../../embedded/process-identity.ts';
import { exclusively, releaseLock, takeLock } from '../../embedded/stack/lock-file.ts';

let folder: string;
let lock: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lock-test-'));
  lock = join(folder, 'running.json');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('is free again once given back', () => {
  expect(takeLock(lock)).toBeNull();
  expect(takeLock(lock)?.pid).toBe(process.pid);
  releaseLock(lock);
  expect(takeLock(lock)).toBeNull();
  expect(readdirSync(folder)).toEqual(['running.json']);
});

test('of a killed process stops nobody', async () => {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
  await once(child, 'spawn');
  writeFileSync(lock, JSON.stringify(identifyProcess(child.pid!)));
  expect(takeLock(lock)?.pid).toBe(child.pid);
  child.kill('SIGKILL');
  await once(child, 'exit');
  expect(takeLock(lock)).toBeNull();
});

test('is not fooled by another process that was given the same number', () => {
  writeFileSync(lock, JSON.stringify({ pid: process.ppid, started: 'at another time' }));
  expect(takeLock(lock)).toBeNull();
});

test('only one of many processes takes a stale lock', async () => {
  writeFileSync(lock, JSON.stringify({ pid: 1, started: 'long ago' }));
  const module = new URL('../../embedded/stack/lock-file.ts', import.meta.url).href;
  const script = `
    const { takeLock } = await import(${JSON.stringify(module)});
    console.log(takeLock(${JSON.stringify(lock)}) === null ? 'mine' : 'taken');
    process.stdin.resume().on('end', () => process.exit());`;
  const children = Array.from({ length: 5 }, () =>
    spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: ['pipe', 'pipe', 'inherit'] }),
  );
  const answers = await Promise.all(
    children.map(async (child) => String((await once(child.stdout, 'data'))[0]).trim()),
  );
  for (const child of children) child.stdin.end();
  await Promise.all(children.map((child) => once(child, 'exit')));
  expect(answers.sort()).toEqual(['mine', 'taken', 'taken', 'taken', 'taken']);
});

test('work under it ends before the lock is free', async () => {
  await exclusively(lock, async () => expect(takeLock(lock)?.pid).toBe(process.pid));
  expect(takeLock(lock)).toBeNull();
});
