import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { freePort } from '../../embedded/free-port.ts';
import { choosePorts } from '../../embedded/stack/ports.ts';

let dataDir: string;
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'ports-test-'));
});
afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

async function occupy(port: number, host = '127.0.0.1') {
  const server = createServer().listen(port, host);
  await once(server, 'listening');
  return { [Symbol.dispose]: () => void server.close() };
}

test('are those of the earlier run where they are free', async () => {
  const first = await choosePorts(dataDir, {});
  expect(new Set(Object.values(first)).size).toBe(6);
  using _taken = await occupy(first.mailbox);
  const second = await choosePorts(dataDir, {});
  expect(second).toEqual({ ...first, mailbox: second.mailbox });
  expect(second.mailbox).not.toBe(first.mailbox);
});

test('the one that was asked for is taken: a sentence', async () => {
  const port = await freePort();
  using _taken = await occupy(port);
  await expect(choosePorts(dataDir, { exact: port })).rejects.toThrow(
    `Port ${port} is taken. Free it, or choose another with PORT.`,
  );
});

test('the usual one is taken: the next that is free', async () => {
  const port = await freePort();
  using _taken = await occupy(port);
  const chosen = await choosePorts(dataDir, { preferred: port });
  expect(chosen.console).toBeGreaterThan(port);
  expect((await choosePorts(dataDir, { preferred: chosen.console })).console).toBe(chosen.console);
});
