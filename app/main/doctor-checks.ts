import { access } from 'node:fs/promises';
import path from 'node:path';
import { openCredentials } from '../admin/credentials.ts';
import { findIssuer } from '../auth/issuer.ts';
import { lawWarnings } from '../campaigns/jurisdictions/law-warnings.ts';
import type { Context } from '../context.ts';
import { AppError } from '../errors.ts';
import type { Config } from '../infra/config/config.ts';
import { migrationGap } from '../infra/db/migrate.ts';
import { modelTurns } from '../infra/observability/metrics.ts';
import { readBacklog } from '../infra/observability/read-backlog.ts';

/** `note`: worth knowing, and nothing that keeps the product from its work. */
export type Finding = { check: string; state: 'ok' | 'note' | 'wrong'; says: string };
type Answer = string | Omit<Finding, 'check'>;
type Check = {
  /** Whom it asks, for the sentence when that fails; null where nothing is configured. */
  where(config: Config): string | null;
  /** What it asks is found in the database. */
  needsDatabase?: true;
  ask(ctx: Context): Promise<Answer>;
};

const LEAST_POSTGRES = 150_000;
const MOST_SKEW_MS = 2_000;
const MOST_LAG_SECONDS = 120;

const wrong = (says: string): Answer => ({ state: 'wrong', says });
const note = (says: string): Answer => ({ state: 'note', says });

/** Everything that can be asked, by what it is about. */
export const CHECKS: Record<string, Check> = {
  database: { where: ({ database_url }) => `PostgreSQL at ${hostOf(database_url)}`, ask: askDatabase },
  schema: { where: () => 'the database', needsDatabase: true, ask: askSchema },
  queues: { where: () => 'the database', needsDatabase: true, ask: askQueues },
  keys: { where: () => 'the stored credentials', needsDatabase: true, ask: askKeys },
  law: {
    where: ({ node_env }) => (node_env === 'production' ? 'the profiles of countries' : null),
    needsDatabase: true,
    ask: askLaw,
  },
  issuer: { where: ({ oidc }) => `the issuer ${oidc.issuer}`, ask: askIssuer },
  telephony: {
    where: ({ twilio_base_url }) => `the provider at ${hostOf(twilio_base_url)}`,
    needsDatabase: true,
    ask: askTelephony,
  },
  model: { where: () => 'the model', needsDatabase: true, ask: askModel },
  mail: { where: () => 'the mail server', needsDatabase: true, ask: askMail },
  'public address': { where: ({ public_url }) => public_url, ask: askPublic },
  traces: {
    where: ({ traces }) => traces.endpoint && `the collector at ${traces.endpoint}`,
    ask: askCollector,
  },
  console: { where: () => 'the console', ask: askConsole },
};

async function askDatabase({ pool }: Context): Promise<Answer> {
  const { rows } = await pool.query(
    "select current_setting('server_version') as name, current_setting('server_version_num')::int as version, clock_timestamp() as now",
  );
  const { name, version, now } = rows[0] as { name: string; version: number; now: Date };
  if (version < LEAST_POSTGRES) return wrong(`PostgreSQL ${name} is too old: 15 is the least`);
  const skew = Math.abs(Date.now() - now.getTime());
  if (skew > MOST_SKEW_MS) {
    return note(
      `PostgreSQL ${name} answers; its clock and this one's are ${Math.round(skew / 1_000)} s apart`,
    );
  }
  return `PostgreSQL ${name} answers`;
}

async function askSchema({ pool }: Context): Promise<Answer> {
  const { missing, unknown, newer } = await migrationGap(pool);
  if (missing.length > 0) return wrong(`the database lacks ${missing.join(', ')}: run migrate`);
  if (newer.length > 0) return wrong(`the database is newer than this program: ${newer.join(', ')}`);
  if (unknown.length > 0) return note(`a newer version has added ${unknown.join(', ')}, which does no harm`);
  return 'every migration of this version is applied';
}

async function askQueues({ db, now }: Context): Promise<Answer> {
  const { queues } = await readBacklog(db, now());
  const late = queues.find(({ oldest_seconds }) => oldest_seconds > MOST_LAG_SECONDS);
  if (late)
    return wrong(
      `${late.waiting} ${late.queue} wait, the oldest for ${Math.round(late.oldest_seconds)} s: does a worker run?`,
    );
  const dead = queues.find((queue) => queue.dead > 0);
  if (dead) return note(`${dead.dead} ${dead.queue} messages were given up: see the runbook on dead letters`);
  return 'nothing waits for long';
}

async function askKeys({ config, settings }: Context): Promise<Answer> {
  const { credentials } = await settings();
  const names = Object.keys(credentials);
  if (names.length === 0) return 'no credentials are stored';
  try {
    openCredentials(config.encryption_key.reveal(), credentials);
    return 'ENCRYPTION_KEY opens the stored credentials';
  } catch {
    return wrong(
      'ENCRYPTION_KEY does not open the stored credentials: it is another one than they were sealed with',
    );
  }
}

async function askIssuer({ config }: Context): Promise<Answer> {
  const { configuration } = await findIssuer(config.oidc);
  const { issuer, jwks_uri } = configuration.serverMetadata();
  const answer = await fetch(String(jwks_uri), { signal: AbortSignal.timeout(config.oidc.timeout_ms) });
  if (!answer.ok) return wrong(`the issuer's keys at ${jwks_uri} answer with status ${answer.status}`);
  return `${issuer} publishes its configuration and keys`;
}

async function askTelephony({ provider }: Context): Promise<Answer> {
  try {
    const configured = await provider();
    const health = await configured.health();
    return health.ok ? `${configured.name} accepts our credentials` : wrong(health.detail);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return note(
      'no telephony provider is configured: nobody is called before one is (PUT /api/admin/config)',
    );
  }
}

async function askModel({ settings, interpreter }: Context): Promise<Answer> {
  const { llm_provider, llm_model } = await settings();
  if (llm_provider === 'none') return 'no model is configured: the built-in rules understand alone';
  const name = `${llm_provider} ${llm_model}`;
  // The rules make nothing of it, so the model is asked.
  const text = 'well, how shall I put it';
  const listening = { context: 'consent' } as const;
  await interpreter.interpret({ text, language: 'en', listening, first_speech: false });
  const { values } = await modelTurns.get();
  const result = values.find(({ value }) => value > 0)?.labels.result;
  if (result === 'used' || result === 'unbelievable') return `${name} answers`;
  const why = result === undefined ? 'its settings are not complete' : `its answer was: ${result}`;
  return wrong(`${name} is of no help, and the rules understand alone; ${why}`);
}

async function askMail({ mailer, settings, config }: Context): Promise<Answer> {
  const { email_host } = await settings();
  if (!email_host && !config.smtp_url) return note('no mail server is configured: no e-mail is sent');
  await mailer.verify();
  return 'the mail server takes our sign-in';
}

async function askPublic({ config }: Context): Promise<Answer> {
  const url = `${config.public_url}/health/live`;
  try {
    const answer = await fetch(url, { signal: AbortSignal.timeout(5_000), redirect: 'manual' });
    if (answer.ok) return `${config.public_url} answers`;
    return note(
      `${config.public_url} answers with status ${answer.status}: does it lead to this application?`,
    );
  } catch {
    return note(`${config.public_url} does not answer from here: it need not, while no api process runs`);
  }
}

async function askCollector({ config }: Context): Promise<Answer> {
  const { endpoint, timeout_ms } = config.traces;
  const signal = AbortSignal.timeout(timeout_ms);
  const headers = { 'content-type': 'application/json' };
  const body = JSON.stringify({ resourceSpans: [] });
  const answer = await fetch(`${endpoint}/v1/traces`, { method: 'POST', headers, body, signal });
  if (answer.status >= 400) return wrong(`the collector at ${endpoint} answers with status ${answer.status}`);
  return `the collector at ${endpoint} takes traces`;
}

async function askConsole({ config }: Context): Promise<Answer> {
  try {
    await access(path.join(config.console_dir, 'index.html'));
    return 'the console is built';
  } catch {
    return note(`there is no console in ${config.console_dir}: npm run build makes it`);
  }
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : 'the address given';
}

/** In production a profile that only advises is worth a word: what the law would refuse is dialled. */
async function askLaw({ db, now }: Context): Promise<Answer> {
  const { advising, stale } = await lawWarnings(db, now());
  if (advising.length === 0 && stale.length === 0) return 'the profile of every country is enforced';
  const said = [
    ...(advising.length > 0 ? [`only advise: ${advising.join(', ')}`] : []),
    ...(stale.length > 0 ? [`register not asked recently enough: ${stale.join(', ')}`] : []),
  ];
  return note(`the profiles of countries ${said.join('; ')}`);
}
