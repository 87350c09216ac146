import path from 'node:path';
import { z } from 'zod';
import { POST_SETTINGS, shapePost } from './post-settings.ts';
import { Secret } from './secret.ts';
import { address, url, whole } from './setting-kinds.ts';

const PROJECT = path.join(import.meta.dirname, '../../..');

const MIN_SECRET = 16;
// What examples are full of: one of these words alone, padded or repeated, or one character over and over.
const PLACEHOLDER =
  /^((change|replace)[\W_]?(this|me|it)|secret|password|passw0rd|default|example|test|admin|postgres|your|my|client|key|token|[\W_\d])+$|^(?<one>.)\k<one>+$/i;

const secret = z
  .string()
  .min(1)
  .transform((text) => new Secret(text));
const key = z
  .base64()
  .transform((text) => Buffer.from(text, 'base64'))
  .refine((bytes) => bytes.length === 32, 'must be 32 random bytes in base64')
  .transform((bytes) => new Secret(bytes));
const roleMap = z
  .string()
  .default('{}')
  .transform((text, context) => {
    try {
      return z.record(z.string(), z.enum(['admin', 'campaign_manager', 'viewer'])).parse(JSON.parse(text));
    } catch {
      context.addIssue('must be JSON such as {"survey-admins":"admin"}');
      return z.NEVER;
    }
  });

/** Every setting of how the application is deployed, by the name of its environment variable. */
export const SETTINGS = z.object({
  NODE_ENV: z.enum(['development', 'production', 'test']).default('development'),
  HOST: z.string().default('0.0.0.0').describe('address to listen on'),
  PORT: whole(3000, 0, 65_535).describe('port to listen on'),
  PUBLIC_URL: url.optional().describe('address under which browsers and the provider reach the application'),
  TRUST_PROXY: z.string().default('').describe('addresses of trusted reverse proxies, comma-separated'),
  DATABASE_URL: z.string().min(1).describe('PostgreSQL 15 or newer'),
  DATABASE_POOL: whole(20, 2, 500).describe('connections of this process at the most'),
  // Kept to the letter: some issuers' names end in a slash.
  OIDC_ISSUER: address.describe('OpenID Connect issuer'),
  OIDC_CLIENT_ID: z.string().min(1),
  OIDC_CLIENT_SECRET: secret,
  OIDC_AUDIENCE: z.string().min(1).describe('audience of the access tokens that programs send'),
  OIDC_SCOPES: z
    .string()
    .regex(/(^| )openid( |$)/, 'must contain openid')
    .default('openid email profile'),
  OIDC_ROLE_CLAIM: z.string().default('role').describe('claim that holds the role or the groups'),
  OIDC_ROLE_MAP: roleMap.describe('JSON: value of the claim → role; without it the value is the role'),
  ENCRYPTION_KEY: key.describe('encrypts credentials at rest: 32 bytes, base64'),
  PHONE_HASH_KEY: key.describe('hashes numbers on the exclusion list; never change it: 32 bytes, base64'),
  SMTP_URL: z
    .url({ protocol: /^smtps?$/ })
    .optional()
    .transform((text) => (text ? new Secret(text) : null)),
  EMAIL_FROM: z.string().default('Surveys <surveys@localhost>'),
  ...POST_SETTINGS,
  TWILIO_BASE_URL: url.default('https://api.twilio.com'),
  RING_TIMEOUT_SECONDS: whole(25, 5, 120),
  CALL_TIME_LIMIT_SECONDS: whole(300, 60, 3_600),
  DRAIN_SECONDS: whole(30, 1, 3_600).describe('how long a process may take to finish after SIGTERM'),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  METRICS_TOKEN: secret.optional().describe('bearer token that /metrics asks for'),
  SESSION_IDLE_MINUTES: whole(30, 1, 1_440),
  SESSION_ABSOLUTE_HOURS: whole(8, 1, 168),
  REQUESTS_PER_MINUTE: whole(1_200, 1, 1_000_000).describe('per session, or address without one'),
  SIGN_INS_PER_MINUTE: whole(30, 1, 1_000_000).describe('sign-ins that one address may start'),
  UPLOADS_PER_MINUTE: whole(60, 1, 1_000_000).describe('uploads of one session'),
  UPLOAD_MAX_MIB: whole(512, 1, 10_240).describe('size of an uploaded file'),
  UPLOAD_MAX_ROWS: whole(2_000_000, 1, 100_000_000).describe('rows of an uploaded file'),
  UPLOAD_MAX_CELL_CHARACTERS: whole(32_767, 100, 200_000).describe('length of one cell of an uploaded file'),
  UPLOAD_MAX_SECONDS: whole(3_600, 1, 86_400).describe('how long an upload may take'),
  UPLOAD_MAX_SILENCE_SECONDS: whole(60, 1, 3_600).describe('how long an upload may send nothing'),
  EXPORTS_PER_MINUTE: whole(30, 1, 1_000_000).describe('exports of one session'),
  BAD_SIGNATURES_PER_MINUTE: whole(60, 1, 1_000_000).describe('wrong signatures of one address'),
  CONSOLE_DIR: z.string().default(path.join(PROJECT, 'dist/web')).describe('where the built console lies'),
});

type Settings = z.output<typeof SETTINGS>;

export type Config = Readonly<ReturnType<typeof shape>>;

/** Checks the given variables and shapes them; a fault is a readable line each, so that all can be mended at once. */
export function readConfig(
  env: Record<string, string | undefined>,
): { config: Config } | { faults: string[] } {
  const given = Object.fromEntries(
    Object.entries(env).filter(([, value]) => value !== undefined && value !== ''),
  );
  const result = SETTINGS.safeParse(given);
  if (!result.success) return { faults: result.error.issues.map((issue) => faultLine(issue, given)) };
  const config = Object.freeze(shape(result.data));
  const faults = [
    ...busFaults(config),
    ...(config.node_env === 'production' ? productionFaults(config) : []),
  ];
  return faults.length > 0 ? { faults } : { config };
}

/** The variable and what is wrong with it, never its value: it may be a secret. */
function faultLine({ path: [name = ''], message }: z.core.$ZodIssue, given: Record<string, unknown>): string {
  return `${String(name)}: ${given[String(name)] === undefined ? 'is missing' : message}`;
}

function shape(settings: Settings) {
  return {
    node_env: settings.NODE_ENV,
    host: settings.HOST,
    port: settings.PORT,
    public_url: settings.PUBLIC_URL ?? `http://localhost:${settings.PORT}`,
    trust_proxy: settings.TRUST_PROXY.split(',')
      .map((one) => one.trim())
      .filter((one) => one !== ''),
    database_url: settings.DATABASE_URL,
    database_pool: settings.DATABASE_POOL,
    oidc: {
      issuer: settings.OIDC_ISSUER,
      client_id: settings.OIDC_CLIENT_ID,
      client_secret: settings.OIDC_CLIENT_SECRET,
      audience: settings.OIDC_AUDIENCE,
      scopes: settings.OIDC_SCOPES,
      role_claim: settings.OIDC_ROLE_CLAIM,
      role_map: settings.OIDC_ROLE_MAP,
    },
    encryption_key: settings.ENCRYPTION_KEY,
    phone_hash_key: settings.PHONE_HASH_KEY,
    smtp_url: settings.SMTP_URL,
    email_from: settings.EMAIL_FROM,
    ...shapePost(settings),
    twilio_base_url: settings.TWILIO_BASE_URL,
    ring_timeout_seconds: settings.RING_TIMEOUT_SECONDS,
    call_time_limit_seconds: settings.CALL_TIME_LIMIT_SECONDS,
    drain_seconds: settings.DRAIN_SECONDS,
    log_level: settings.LOG_LEVEL,
    metrics_token: settings.METRICS_TOKEN ?? null,
    session_idle_minutes: settings.SESSION_IDLE_MINUTES,
    session_absolute_hours: settings.SESSION_ABSOLUTE_HOURS,
    requests_per_minute: settings.REQUESTS_PER_MINUTE,
    sign_ins_per_minute: settings.SIGN_INS_PER_MINUTE,
    uploads_per_minute: settings.UPLOADS_PER_MINUTE,
    upload_limits: {
      bytes: settings.UPLOAD_MAX_MIB * 1024 * 1024,
      rows: settings.UPLOAD_MAX_ROWS,
      cell_characters: settings.UPLOAD_MAX_CELL_CHARACTERS,
      seconds: settings.UPLOAD_MAX_SECONDS,
      silence_seconds: settings.UPLOAD_MAX_SILENCE_SECONDS,
    },
    exports_per_minute: settings.EXPORTS_PER_MINUTE,
    bad_signatures_per_minute: settings.BAD_SIGNATURES_PER_MINUTE,
    console_dir: settings.CONSOLE_DIR,
  };
}

function busFaults({ bus, sqs }: Config): string[] {
  return bus === 'sqs' && sqs.queue_url === null ? ['SQS_QUEUE_URL: is missing'] : [];
}

/** What would be a hole in production: tokens in the clear, keys that anyone could guess. */
function productionFaults(config: Config): string[] {
  const faults: string[] = [];
  for (const [name, value] of [
    ['OIDC_ISSUER', config.oidc.issuer],
    ['PUBLIC_URL', config.public_url],
    ['TWILIO_BASE_URL', config.twilio_base_url],
  ]) {
    if (!value?.startsWith('https://')) faults.push(`${name}: must be https in production`);
  }
  const keys = { ENCRYPTION_KEY: config.encryption_key, PHONE_HASH_KEY: config.phone_hash_key };
  for (const [name, value] of Object.entries(keys)) {
    if (!isRandom(value.reveal())) faults.push(`${name}: is not random`);
  }
  if (config.encryption_key.reveal().equals(config.phone_hash_key.reveal())) {
    faults.push('PHONE_HASH_KEY: must not be the same as ENCRYPTION_KEY');
  }
  const secrets = { OIDC_CLIENT_SECRET: config.oidc.client_secret, METRICS_TOKEN: config.metrics_token };
  for (const [name, value] of Object.entries(secrets)) {
    if (value && value.reveal().length < MIN_SECRET) {
      faults.push(`${name}: must have at least ${MIN_SECRET} characters in production`);
    } else if (value && PLACEHOLDER.test(value.reveal())) {
      faults.push(`${name}: is a placeholder`);
    }
  }
  if (config.webhooks.allow_internal) faults.push('WEBHOOK_ALLOW_INTERNAL: must be off in production');
  if (PLACEHOLDER.test(passwordOf(config.database_url))) faults.push('DATABASE_URL: has a default password');
  return faults;
}

/** In 200,000 draws, 32 random bytes never held fewer than 22 different ones, and never were a text. */
function isRandom(key: Buffer): boolean {
  const isText = key.every((byte) => byte >= 0x20 && byte < 0x7f);
  return !isText && new Set(key).size >= 20;
}

function passwordOf(database_url: string): string {
  return URL.canParse(database_url) ? decodeURIComponent(new URL(database_url).password) : '';
}
