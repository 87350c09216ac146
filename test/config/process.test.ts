import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { freePort } from '../../embedded/free-port.ts';
import { onServer } from '../support/database-server.ts';
import { waitFor } from '../support/wait-for.ts';

const ROOT = path.join(import.meta.dirname, '../..');
const name = `process_${randomUUID().replaceAll('-', '')}`;
let databaseUrl: string;
beforeAll(async () => {
  await onServer(inject('postgresUrl'), `create database ${name}`);
  databaseUrl = Object.assign(new URL(inject('postgresUrl')), { pathname: `/${name}` }).href;
});
afterAll(() => onServer(inject('postgresUrl'), `drop database if exists ${name} with (force)`));

const key = () => randomBytes(32).toString('base64');
const deployment = () => ({
  DATABASE_URL: databaseUrl,
  HOST: '127.0.0.1',
  OIDC_ISSUER: 'http://127.0.0.1:1',
  OIDC_CLIENT_ID: 'c',
  OIDC_CLIENT_SECRET: 'a-secret-of-the-client',
  OIDC_AUDIENCE: 'a',
  ENCRYPTION_KEY: key(),
  PHONE_HASH_KEY: key(),
  DRAIN_SECONDS: '5',
});

type Ended = { code: number | null; out: string; err: string };

function start(args: string[], env: Record<string, string>): { child: ChildProcess; ended: Promise<Ended> } {
  const { PATH = '', NODE_V8_COVERAGE = '' } = process.env;
  const child = spawn(process.execPath, ['app/main.ts', ...args], {
    cwd: ROOT,
    env: { PATH, NODE_V8_COVERAGE, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const text = { out: '', err: '' };
  child.stdout?.on('data', (chunk: Buffer) => (text.out += chunk));
  child.stderr?.on('data', (chunk: Buffer) => (text.err += chunk));
  const ended = new Promise<Ended>((resolve) => child.once('close', (code) => resolve({ code, ...text })));
  return { child, ended };
}
const run = (args: string[], env: Record<string, string> = deployment()) => start(args, env).ended;

describe('a process', () => {
  it('names every variable that it lacks, a line each, and no stack', async () => {
    const { code, err } = await run(['all'], { PORT: 'eighty' });
    expect(code).toBe(1);
    const lines = err.trim().split('\n');
    expect(lines).toContain('configuration: DATABASE_URL: is missing');
    expect(lines).toHaveLength(8);
    for (const line of lines) expect(line).toMatch(/^configuration: [A-Z_]+: \S/);
  });

  it.each([[[]], [['everything']], [['migrate', 'sideways']], [['migrate', 'down', 'all']]])(
    'says how it is used when told %j',
    async (args) => {
      const { code, err } = await run(args);
      expect([code, err]).toEqual([2, expect.stringContaining('usage: node app/main.ts')]);
    },
  );

  it('tells of a database that is not there', async () => {
    const DATABASE_URL = 'postgres://nobody@127.0.0.1:1/none';
    const { code, err } = await run(['api'], { ...deployment(), DATABASE_URL });
    expect([code, err]).toEqual([1, expect.stringMatching(/^The database cannot be used: .*ECONNREFUSED/)]);
  });
});

describe('a deployment', () => {
  it('migrates, starts, is live, stops by itself, and goes back', async () => {
    const unmigrated = await run(['all']);
    expect([unmigrated.code, unmigrated.err]).toEqual([1, expect.stringContaining('run migrate')]);
    expect((await run(['migrate'])).out).toMatch(/^Migrated up: 0001-foundation, /);
    expect((await run(['migrate'])).out).toBe('Nothing to migrate.\n');
    for (const [process_name, path_name] of [
      ['all', '/health/ready'],
      ['scheduler', '/health/live'],
      ['worker', '/metrics'],
    ] as const) {
      const port = await freePort();
      const { child, ended } = start([process_name], { ...deployment(), PORT: String(port) });
      await waitFor(
        `${process_name} being up`,
        async () => (await fetch(`http://127.0.0.1:${port}${path_name}`)).ok,
      );
      const second = await run(['api'], { ...deployment(), PORT: String(port) });
      expect([second.code, second.err]).toEqual([1, expect.stringContaining(`Port ${port} cannot be used`)]);
      child.kill('SIGTERM');
      const { code, out } = await ended;
      expect([code, out]).toEqual([0, expect.stringContaining('stopping')]);
    }
    expect((await run(['scheduler', '--once'])).code).toBe(0);
    expect((await run(['verify-audit'])).out).toContain('The audit log is whole.\n');
    expect((await run(['migrate', 'down', '99'])).out).toMatch(/^Migrated down: .*0001-foundation\n$/);
  });
});
