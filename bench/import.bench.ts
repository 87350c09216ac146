import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import pg from 'pg';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';
import { CAMPAIGNS } from '../embedded/demo/campaigns.ts';
import { freePort } from '../embedded/free-port.ts';
import { startIdentityProvider } from '../embedded/identity-provider.ts';
import { accessToken } from '../embedded/token.ts';
import { benchDatabase } from './database.ts';
import { type Bench, percentile, round } from './report.ts';
import { NODE_OPTIONS } from './support/application.ts';

const ROOT = path.join(import.meta.dirname, '..');

/** A contact file through the HTTP endpoint beside raw COPY of the clean rows into an identical table, in one run. */
export const bench: Bench = async ({ print, isSmall }) => {
  const rows = isSmall ? 20_000 : 200_000;
  const server = await benchDatabase();
  const app = await startApplication(server.url);
  const client = new pg.Client({ connectionString: server.url });
  await client.connect();
  try {
    for (const round_ of [1, 2]) {
      const campaign = await app.campaign();
      const first = await app.upload(campaign, contactFile(rows, round_ * 10_000_000));
      const raw = await rawCopy(client, campaign);
      const what = `${rows} rows into an empty campaign, round ${round_}`;
      print({ what, ...figures(first, rows, raw) });
      const second = await app.upload(campaign, contactFile(rows, round_ * 10_000_000 + 5_000_000));
      print({ what: `${rows} more into it`, ...figures(second, rows, raw) });
    }
    if (!isSmall) {
      const campaign = await app.campaign();
      const big = await app.upload(campaign, contactFile(1_000_000, 50_000_000));
      print({ what: '1000000 rows into an empty campaign', ...figures(big, 1_000_000, Number.NaN) });
    }
  } finally {
    await client.end();
    await app.stop();
    await server.stop();
  }
};

type Upload = { seconds: number; rss_growth_mib: number; health_p95_ms: number };

function figures({ seconds, rss_growth_mib, health_p95_ms }: Upload, rows: number, rawSeconds: number) {
  return {
    rows_per_second: round(rows / seconds, 0),
    ratio_to_raw_copy: round(rawSeconds / seconds),
    rss_growth_mib: round(rss_growth_mib, 0),
    health_p95_ms: round(health_p95_ms),
  };
}

/**
 * What an institute's list looks like: Italian mobiles, addresses for most, some languages, consents and refusals; one row
 * in twenty quoted, one in fifty with a number that is none.
 */
function contactFile(rows: number, from: number): Buffer {
  const lines = ['external_contact_id,phone_number,email,language,has_prior_consent,do_not_call'];
  for (let n = 0; n < rows; n += 1) {
    const serial = String(from + n).padStart(8, '0');
    const email = n % 10 < 7 ? `person${serial}@example.net` : '';
    const language = ['it', 'it', 'en', ''][n % 4];
    const id = n % 20 === 0 ? `"Rossi, ${serial}"` : `C-${serial}`;
    const number = n % 50 === 7 ? `+39 34 ${n % 1_000}` : `+3934${serial}`;
    lines.push(
      `${id},${number},${email},${language},${n % 3 === 0 ? 'yes' : ''},${n % 500 === 0 ? 'x' : ''}`,
    );
  }
  return Buffer.from(lines.join('\n'));
}

/** The rows that were imported, as text, into a table of the same columns, constraints, indexes and references: the limit. */
async function rawCopy(client: pg.Client, campaign_id: string): Promise<number> {
  await client.query(
    'drop table if exists contact_copy; create table contact_copy (like contact including all)',
  );
  for (const { definition } of await references(client))
    await client.query(`alter table contact_copy add ${definition}`);
  const chunks: Buffer[] = [];
  const out = client.query(
    copyTo(`copy (select * from contact where campaign_id = '${campaign_id}') to stdout`),
  );
  for await (const chunk of out) chunks.push(chunk as Buffer);
  const startedMs = performance.now();
  await pipeline(Readable.from(chunks), client.query(copyFrom('copy contact_copy from stdin')));
  const seconds = (performance.now() - startedMs) / 1_000;
  await client.query('drop table contact_copy');
  return seconds;
}

// `like` copies everything of a table but these.
async function references(client: pg.Client): Promise<{ definition: string }[]> {
  const { rows } = await client.query<{ definition: string }>(
    "select pg_get_constraintdef(oid) as definition from pg_constraint where conrelid = 'contact'::regclass and contype = 'f'",
  );
  return rows;
}

/** The application's own API process, with an identity provider beside it. */
async function startApplication(databaseUrl: string) {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'vsa-bench-api-'));
  const port = await freePort();
  const origin = `http://localhost:${port}`;
  const clientSecret = randomBytes(16).toString('hex');
  const issuer = await startIdentityProvider({
    port: await freePort(),
    dataDir,
    clientSecret,
    redirectUris: [`${origin}/api/auth/callback`],
    postLogoutRedirectUris: [origin],
    backchannelLogoutUri: `${origin}/api/auth/backchannel-logout`,
  });
  const key = () => randomBytes(32).toString('base64');
  const env = {
    PATH: process.env.PATH,
    HOST: '127.0.0.1',
    PORT: String(port),
    PUBLIC_URL: origin,
    DATABASE_URL: databaseUrl,
    OIDC_ISSUER: issuer.issuer,
    OIDC_CLIENT_ID: 'voicesurveyagent',
    OIDC_CLIENT_SECRET: clientSecret,
    OIDC_AUDIENCE: 'urn:voicesurveyagent:api',
    ENCRYPTION_KEY: key(),
    PHONE_HASH_KEY: key(),
    LOG_LEVEL: 'error',
  };
  const child = spawn(process.execPath, [...NODE_OPTIONS, 'app/main.ts', 'api'], {
    cwd: ROOT,
    env,
    stdio: 'inherit',
  });
  while (
    !(await fetch(`${origin}/health/live`).then(
      ({ ok }) => ok,
      () => false,
    ))
  )
    await new Promise((resolve) => setTimeout(resolve, 100));
  const authorization = `Bearer ${await accessToken(issuer.issuer, 'admin')}`;
  const rss = () =>
    Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1]) / 1024;

  await fetch(`${origin}/api/campaigns`, { headers: { authorization } });
  const idle = rss();

  return {
    campaign: async () => {
      const headers = { authorization, 'content-type': 'application/json' };
      const answer = await fetch(`${origin}/api/campaigns`, {
        method: 'POST',
        headers,
        body: JSON.stringify(CAMPAIGNS.it),
      });
      return ((await answer.json()) as { id: string }).id;
    },
    upload: async (campaign: string, file: Buffer): Promise<Upload> => {
      const form = new FormData();
      form.set('file', new Blob([file as never]), 'contacts.csv');
      let peak = rss();
      const latencies: number[] = [];
      let isDone = false;
      const watching = (async () => {
        while (!isDone) {
          const askedMs = performance.now();
          await (await fetch(`${origin}/health/live`)).arrayBuffer();
          latencies.push(performance.now() - askedMs);
          peak = Math.max(peak, rss());
          await new Promise((resolve) => setTimeout(resolve, 20));
        }
      })();
      const startedMs = performance.now();
      const url = `${origin}/api/campaigns/${campaign}/contacts/upload`;
      const answer = await fetch(url, { method: 'POST', headers: { authorization }, body: form });
      const report = (await answer.json()) as { accepted_count?: number };
      const seconds = (performance.now() - startedMs) / 1_000;
      isDone = true;
      await watching;
      if (!answer.ok || !report.accepted_count) throw new Error(JSON.stringify(report).slice(0, 500));
      return { seconds, rss_growth_mib: peak - idle, health_p95_ms: percentile(latencies, 0.95) };
    },
    stop: async () => {
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      await ended;
      await issuer.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
