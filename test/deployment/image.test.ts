import { spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { freePort } from '../../embedded/free-port.ts';
import { followDockerfile, type Image } from '../../scripts/image/follow-dockerfile.ts';
import { readInstructions } from '../../scripts/image/instructions.ts';
import { freshDatabase } from '../migrations/fresh-database.ts';
import { waitFor } from '../support/wait-for.ts';

const ROOT = path.join(import.meta.dirname, '../..');
const instructions = readInstructions(readFileSync(path.join(ROOT, 'deploy/Dockerfile'), 'utf8'));
const wordsOf = (keyword: string) =>
  instructions.filter((one) => one.keyword === keyword).map(({ words }) => words);

describe('the Dockerfile', () => {
  it('builds in one stage and runs in another, on the Node that this project pins', () => {
    const { devDependencies } = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8'));
    expect(wordsOf('FROM')).toEqual([
      `node:${devDependencies.node}-bookworm-slim AS build`,
      `node:${devDependencies.node}-bookworm-slim`,
    ]);
  });

  it('runs as nobody, for production, and stops on SIGTERM', () => {
    expect(wordsOf('USER')).toEqual(['10001:10001']);
    expect(wordsOf('ENV')).toEqual(['NODE_ENV=production']);
    expect(wordsOf('STOPSIGNAL')).toEqual(['SIGTERM']);
    expect(wordsOf('HEALTHCHECK').join()).toContain('/health/live');
  });
});

describe.runIf(process.env.TEST_FULL)('its steps in a clean folder', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'vsa-image-'));
  chmodSync(folder, 0o755);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  /** As the container would: the image's command, as its user where that is possible, on files that are not its own. */
  function start(image: Image, args: string[], env: Record<string, string>) {
    const [program, ...words] = [...image.entrypoint, ...args] as [string, ...string[]];
    const [uid, gid] = image.user.split(':').map(Number) as [number, number];
    const child = spawn(program === 'node' ? process.execPath : program, words, {
      cwd: image.workdir,
      env: { ...image.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      ...(process.getuid?.() === 0 ? { uid, gid } : {}),
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => (output += chunk));
    const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
    return { child, ended, output: () => output };
  }

  it('make an application that migrates, serves its console, and ends in order', async () => {
    const image = await followDockerfile(ROOT, { into: folder });
    const database = await freshDatabase();
    const port = await freePort();
    const key = (factor: number) =>
      Buffer.from(Array.from({ length: 32 }, (_, at) => (at * factor + 1) % 256)).toString('base64');
    const env = {
      NODE_ENV: 'test',
      HOST: '127.0.0.1',
      PORT: String(port),
      DATABASE_URL: database.url,
      OIDC_ISSUER: 'http://127.0.0.1:9',
      OIDC_CLIENT_ID: 'a',
      OIDC_CLIENT_SECRET: 'b',
      OIDC_AUDIENCE: 'c',
      ENCRYPTION_KEY: key(37),
      PHONE_HASH_KEY: key(59),
    };
    try {
      const migrating = start(image, ['migrate'], env);
      expect(await migrating.ended, migrating.output()).toBe(0);
      const running = start(image, image.cmd, env);
      await waitFor('the console', async () => {
        const page = await fetch(`http://127.0.0.1:${port}/`, { headers: { accept: 'text/html' } });
        return page.ok && (await page.text()).includes('<title>');
      });
      expect((await fetch(`http://127.0.0.1:${port}/health/ready`)).status).toBe(200);
      running.child.kill('SIGTERM');
      expect(await running.ended, running.output()).toBe(0);
    } finally {
      await database.drop();
    }
  }, 600_000);
});
