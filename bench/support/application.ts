import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { sealCredential } from '../../app/admin/credentials.ts';
import { migrate } from '../../app/infra/db/migrate.ts';
import { freePort } from '../../embedded/free-port.ts';
import { startPostgres } from '../../embedded/postgres.ts';

/** As the image starts it. */
export const NODE_OPTIONS = ['--max-semi-space-size=8'];
export const AUTH_TOKEN = 'token-of-the-measurement';
export const ACCOUNT = `AC${'0123456789abcdef'.repeat(2)}`;

/** The application as it runs in production, in a process of its own, on a database of its own that waits for the disk. */
export async function startApplication() {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'vsa-bench-'));
  const postgres = await startPostgres({ dataDir, password: randomUUID() });
  await migrate(postgres.url);
  const key = randomBytes(32);
  const pool = new pg.Pool({ connectionString: postgres.url, max: 4 });
  const credentials = {
    account_sid: sealCredential(key, 'account_sid', ACCOUNT),
    auth_token: sealCredential(key, 'auth_token', AUTH_TOKEN),
  };
  await pool.query(
    `update provider_config set provider_name = 'twilio', outbound_number = '+390299990000', credentials = $1,
      updated_at = now()`,
    [JSON.stringify(credentials)],
  );
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  const env = {
    PATH: process.env.PATH,
    NODE_ENV: 'development',
    HOST: '127.0.0.1',
    PORT: String(port),
    PUBLIC_URL: origin,
    DATABASE_URL: postgres.url,
    OIDC_ISSUER: 'http://127.0.0.1:9',
    OIDC_CLIENT_ID: 'bench',
    OIDC_CLIENT_SECRET: 'a secret of the measurement',
    OIDC_AUDIENCE: 'bench',
    ENCRYPTION_KEY: key.toString('base64'),
    PHONE_HASH_KEY: randomBytes(32).toString('base64'),
    SMTP_URL: 'smtp://127.0.0.1:9',
    // Nothing of a measurement may reach a real vendor; a call that is to be hung up finds nobody.
    TWILIO_BASE_URL: 'http://127.0.0.1:9',
    LOG_LEVEL: 'fatal',
    REQUESTS_PER_MINUTE: '1000000',
  };
  const child = spawn(process.execPath, [...NODE_OPTIONS, 'app/main.ts', 'api'], {
    env,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  await untilAlive(origin, child);
  return {
    origin,
    pool,
    database: postgres.url,
    /** Memory of the application's process. */
    rssMib: () =>
      Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1]) / 1024,
    stop: async () => {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGKILL');
      await ended;
      await pool.end();
      await postgres.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

async function untilAlive(origin: string, child: ChildProcess): Promise<void> {
  for (let tries = 0; tries < 200; tries += 1) {
    if (child.exitCode !== null) throw new Error('the application did not start');
    const alive = await fetch(`${origin}/health/live`).then(
      ({ ok }) => ok,
      () => false,
    );
    if (alive) return;
    await delay(100);
  }
  throw new Error('the application is not alive');
}
