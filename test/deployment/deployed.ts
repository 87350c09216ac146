import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startCarrier } from '../../carrier/start-carrier.ts';
import { readRings } from '../../embedded/demo/carrier-log.ts';
import { freePort } from '../../embedded/free-port.ts';
import { startIdentityProvider } from '../../embedded/identity-provider.ts';
import { startMailbox } from '../../embedded/mailbox.ts';
import { accessToken } from '../../embedded/token.ts';
import { testDatabase } from '../support/database.ts';
import { waitFor } from '../support/wait-for.ts';
import { startBalancer } from './balancer.ts';

const ROOT = path.join(import.meta.dirname, '../..');
export const ACCOUNT_SID = `AC${'0123456789abcdef'.repeat(2)}`;

export type Running = {
  name: string;
  port: number;
  child: ChildProcess;
  /** Everything it has printed. */
  output(): string;
  ended: Promise<number | null>;
};

type Options = { speed: number; env?: Record<string, string>; lines?: number };

/** The product as a cluster runs it: every process for itself behind a balancer, with a real server for each stranger. */
export async function deployed({ speed, env = {}, lines = 20 }: Options) {
  const database = await testDatabase();
  const dataDir = await mkdtemp(path.join(tmpdir(), 'vsa-deployed-'));
  const secrets = { client: randomBytes(16).toString('hex'), token: randomBytes(16).toString('hex') };
  const port = await freePort();
  const origin = `http://localhost:${port}`;
  const carrier = await startCarrier({
    accountSid: ACCOUNT_SID,
    authToken: secrets.token,
    dataDir,
    speed,
    seed: 3,
  });
  const mailbox = await startMailbox({ smtpPort: 0, httpPort: 0, dataDir });
  const issuer = await startIdentityProvider({
    port: await freePort(),
    dataDir,
    clientSecret: secrets.client,
    redirectUris: [`${origin}/api/auth/callback`],
    postLogoutRedirectUris: [origin],
    backchannelLogoutUri: `${origin}/api/auth/backchannel-logout`,
  });
  const balancer = await startBalancer(port);
  const settings: Record<string, string> = {
    PATH: process.env.PATH ?? '',
    NODE_V8_COVERAGE: process.env.NODE_V8_COVERAGE ?? '',
    NODE_ENV: 'test',
    HOST: '127.0.0.1',
    PUBLIC_URL: origin,
    DATABASE_URL: database.url,
    DATABASE_POOL: '5',
    OIDC_ISSUER: issuer.issuer,
    OIDC_CLIENT_ID: 'voicesurveyagent',
    OIDC_CLIENT_SECRET: secrets.client,
    OIDC_AUDIENCE: 'urn:voicesurveyagent:api',
    ENCRYPTION_KEY: randomBytes(32).toString('base64'),
    PHONE_HASH_KEY: randomBytes(32).toString('base64'),
    SMTP_URL: mailbox.smtpUrl,
    TWILIO_BASE_URL: carrier.url,
    RING_TIMEOUT_SECONDS: '10',
    DRAIN_SECONDS: '60',
    ...env,
  };
  const all: Running[] = [];

  /** Starts one more process; resolves when it is live, and behind the balancer where it serves the API. */
  async function start(name: string, changed: Record<string, string> = {}): Promise<Running> {
    const own = await freePort();
    const child = spawn(process.execPath, ['app/main.ts', name], {
      cwd: ROOT,
      env: { ...settings, PORT: String(own), ...changed },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => (output += chunk));
    const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
    const running = { name, port: own, child, output: () => output, ended };
    all.push(running);
    await waitFor(`${name} being live`, async () => (await fetch(`http://127.0.0.1:${own}/health/live`)).ok);
    if (name === 'api' || name === 'all') balancer.add(own);
    return running;
  }

  async function call(account: 'admin' | 'manager', method: string, url: string, body?: unknown) {
    const headers: Record<string, string> = {
      authorization: `Bearer ${await accessToken(issuer.issuer, account)}`,
    };
    if (body !== undefined && !(body instanceof FormData)) headers['content-type'] = 'application/json';
    const payload = body === undefined || body instanceof FormData ? body : JSON.stringify(body);
    const answer = await fetch(`${origin}${url}`, { method, headers, body: payload as never });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${url}: ${answer.status} ${text}`);
    return text === '' ? null : JSON.parse(text);
  }

  return {
    origin,
    db: database.db,
    issuer: issuer.issuer,
    carrier,
    secrets,
    settings,
    all,
    start,
    call,
    /** Takes a process out of the balancer and asks it to end; answers its exit code. */
    drain: async (running: Running) => {
      if (running.name === 'api' || running.name === 'all') balancer.remove(running.port);
      running.child.kill('SIGTERM');
      return running.ended;
    },
    openLines: () =>
      call('admin', 'PUT', '/api/admin/config', {
        telephony: {
          provider_type: 'telephony_api',
          provider_name: 'twilio',
          outbound_number: '+390299990000',
          max_concurrent_calls: lines,
          calls_per_second: 1_000,
          credentials: { account_sid: ACCOUNT_SID, auth_token: secrets.token },
        },
      }),
    rings: async () => readRings(await (await fetch(`${carrier.url}/log`)).text()),
    mails: async () =>
      (await (await fetch(`${mailbox.url}/messages`)).json()) as { to: unknown; subject: string }[],
    stop: async () => {
      for (const { child } of all) if (child.exitCode === null) child.kill('SIGKILL');
      await Promise.all(all.map(({ ended }) => ended));
      await balancer.stop();
      await issuer.stop();
      await mailbox.stop();
      await carrier.stop();
      await database.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
export type Deployed = Awaited<ReturnType<typeof deployed>>;
