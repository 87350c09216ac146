import path from 'node:path';
import { z } from 'zod';
import { POST } from './post-settings.ts';
import { Secret } from './secret.ts';
import { address, key, keys, list, proxy, roleMap, secret, timeout, url, whole } from './values.ts';

const PROJECT = path.join(import.meta.dirname, '../../..');

const PROCESS = z.object({
  NODE_ENV: z
    .enum(['development', 'production', 'test'])
    .default('development')
    .describe('`production` refuses plain-http addresses, keys that are not random and short secrets'),
  HOST: z.string().default('0.0.0.0').describe('address to listen on'),
  PORT: whole(3000, 0, 65_535).describe('port to listen on'),
  PUBLIC_URL: url
    .optional()
    .describe('address under which browsers and the provider reach the application; `http://localhost:PORT`'),
  TRUST_PROXY: list.describe('addresses of trusted reverse proxies, comma-separated'),
  DRAIN_SECONDS: whole(30, 1, 3_600).describe('how long a process may take to finish after SIGTERM'),
  INTERNAL_HOSTS_ALLOWED: list.describe(
    'hosts inside the own network that a test of a connection may ask, comma-separated',
  ),
  ERASURE_LEDGER_FILE: z
    .string()
    .optional()
    .describe('file to which every erasure is appended; kept apart from the database, it survives a restore'),
  CONSOLE_DIR: z
    .string()
    .default(path.join(PROJECT, 'dist/web'))
    .describe('where the built console lies; `dist/web`'),
  CONSOLE_NOTICE_EN: z
    .string()
    .max(300)
    .optional()
    .describe(
      'text of a band on every page of the console, in English: what people must know of this installation',
    ),
  CONSOLE_NOTICE_IT: z
    .string()
    .max(300)
    .optional()
    .describe('the same in Italian; each stands in for the other'),
});

const DATABASE = z.object({
  DATABASE_URL: z.string().min(1).describe('PostgreSQL 15 or newer'),
  DATABASE_POOL: whole(20, 2, 500).describe('connections of one process at the most'),
});

const SIGN_IN = z.object({
  OIDC_ISSUER: address.describe('OpenID Connect issuer'),
  OIDC_CLIENT_ID: z.string().min(1).describe('the application’s client at the issuer'),
  OIDC_CLIENT_SECRET: secret.describe('its secret'),
  OIDC_AUDIENCE: z.string().min(1).describe('audience of the access tokens that programs send'),
  OIDC_SCOPES: z
    .string()
    .regex(/(^| )openid( |$)/, 'must contain openid')
    .default('openid email profile')
    .describe('scopes that a sign-in asks for'),
  OIDC_ROLE_CLAIM: z
    .string()
    .default('role')
    .describe('claim that holds the role or the groups, by name or by path: `realm_access.roles`'),
  OIDC_ROLE_MAP: roleMap.describe('JSON, value of the claim → role; empty: the value is the role'),
  OIDC_TIMEOUT_MS: timeout(10_000).describe('how long the issuer may take to answer'),
  SESSION_IDLE_MINUTES: whole(30, 1, 1_440).describe('a session ends after this silence'),
  SESSION_ABSOLUTE_HOURS: whole(8, 1, 168).describe('a session ends after this time in any case'),
});

const KEYS = z.object({
  ENCRYPTION_KEY: key.describe('encrypts credentials at rest: 32 random bytes, base64'),
  ENCRYPTION_KEY_PREVIOUS: keys.describe('keys that still open what they sealed, comma-separated'),
  PHONE_HASH_KEY: key.describe(
    'hashes numbers on the exclusion list; never change it: 32 random bytes, base64',
  ),
});

const MAIL = z.object({
  SMTP_URL: z
    .url({ protocol: /^smtps?$/, error: 'must be an smtp or smtps address' })
    .optional()
    .transform((text) => (text ? new Secret(text) : null))
    .describe('mail server where the settings name none'),
  SMTP_TIMEOUT_MS: timeout(10_000).describe('how long the mail server may take to connect and to greet'),
  EMAIL_FROM: z
    .string()
    .default('Surveys <surveys@localhost>')
    .describe('sender where the settings name none'),
});

const TELEPHONY = z.object({
  TWILIO_BASE_URL: url.default('https://api.twilio.com').describe('address of the provider’s API'),
  TWILIO_TIMEOUT_MS: timeout(10_000).describe(
    'how long the provider may take; a dial without an answer by then is `unknown`',
  ),
  RING_TIMEOUT_SECONDS: whole(25, 5, 120).describe('how long a telephone may ring'),
  CALL_TIME_LIMIT_SECONDS: whole(300, 60, 3_600).describe('how long a call may last'),
});

/** How outside servers are reached; read before all others, since the secrets are found by it. */
export const OUTSIDE = z.object({
  HTTPS_PROXY: proxy.describe(
    'proxy for https addresses and for the mail server: `http://[user:password@]host:port`',
  ),
  HTTP_PROXY: proxy.describe('proxy for plain-http addresses'),
  NO_PROXY: list.describe(
    'hosts that are reached directly: `host`, `.domain`, `host:port`, `*`; this machine always is',
  ),
  AWS_REGION: z.string().optional().describe('region of SQS, SES, KMS and Secrets Manager'),
  AWS_ENDPOINT_URL: url.optional().describe('address of every AWS service, for a private endpoint'),
  AWS_ENDPOINT_URL_SQS: url.optional().describe('address of SQS alone'),
  AWS_ENDPOINT_URL_SESV2: url.optional().describe('address of SES alone'),
  AWS_ENDPOINT_URL_KMS: url.optional().describe('address of KMS alone'),
  AWS_ENDPOINT_URL_SECRETS_MANAGER: url.optional().describe('address of Secrets Manager alone'),
  AWS_TIMEOUT_MS: timeout(5_000).describe('how long an AWS service may take to connect, and then to answer'),
  AWS_MAX_ATTEMPTS: whole(3, 1, 10).describe('how often a request to AWS is sent at the most'),
  AWS_SECRETS: list.describe(
    'names or ARNs of secrets in Secrets Manager, comma-separated: JSON objects of these variables',
  ),
});

const OBSERVATION = z.object({
  LOG_LEVEL: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'])
    .default('info')
    .describe('the least level that is logged'),
  METRICS_TOKEN: secret.optional().describe('bearer token that `/metrics` asks for'),
  OTEL_EXPORTER_OTLP_ENDPOINT: url
    .optional()
    .describe('OpenTelemetry collector (OTLP over HTTP); none: no traces are made'),
  OTEL_EXPORTER_OTLP_HEADERS: secret
    .optional()
    .describe('headers for the collector: `name=value,name=value`'),
  OTEL_EXPORTER_OTLP_TIMEOUT: timeout(10_000).describe('how long the collector may take, in milliseconds'),
  OTEL_SERVICE_NAME: z
    .string()
    .min(1)
    .default('voicesurveyagent')
    .describe('name of this application in traces'),
  OTEL_TRACES_SAMPLER_ARG: z.coerce
    .number()
    .min(0)
    .max(1)
    .default(1)
    .describe('share of the traces that is kept; an attempt is kept whole or not at all'),
});

const LIMITS = z.object({
  REQUESTS_PER_MINUTE: whole(1_200, 1, 1_000_000).describe(
    'requests of one session, or of one address that is not signed in',
  ),
  SIGN_INS_PER_MINUTE: whole(30, 1, 1_000_000).describe('sign-ins that one address may start'),
  UPLOADS_PER_MINUTE: whole(60, 1, 1_000_000).describe('uploads of one session'),
  UPLOAD_MAX_MIB: whole(512, 1, 10_240).describe(
    'size of an uploaded file; larger is 413 with `limit_bytes`',
  ),
  UPLOAD_MAX_ROWS: whole(2_000_000, 1, 100_000_000).describe(
    'rows of an uploaded file; more is 422 with `limit_rows`',
  ),
  UPLOAD_MAX_CELL_CHARACTERS: whole(32_767, 100, 200_000).describe(
    'length of one cell of an uploaded file; longer is 422 with `limit_characters`',
  ),
  UPLOAD_MAX_SECONDS: whole(3_600, 1, 86_400).describe(
    'how long an upload may take; longer is 422 with `limit_seconds`',
  ),
  UPLOAD_MAX_SILENCE_SECONDS: whole(60, 1, 3_600).describe('how long an upload may send nothing'),
  EXPORTS_PER_MINUTE: whole(30, 1, 1_000_000).describe('exports of one session'),
  BAD_SIGNATURES_PER_MINUTE: whole(60, 1, 1_000_000).describe(
    'wrong signatures of one address; a right one is never limited',
  ),
});

/** The settings by what they are about, in the order of the documentation. */
export const SECTIONS = {
  'The process': PROCESS,
  Database: DATABASE,
  'Sign-in': SIGN_IN,
  Keys: KEYS,
  Mail: MAIL,
  'Events and webhooks': POST,
  Telephony: TELEPHONY,
  'Outside servers': OUTSIDE,
  Observation: OBSERVATION,
  Limits: LIMITS,
} as const;

/** Every setting of how the application is deployed, by the name of its environment variable. */
export const SETTINGS = z.object({
  ...PROCESS.shape,
  ...DATABASE.shape,
  ...SIGN_IN.shape,
  ...KEYS.shape,
  ...MAIL.shape,
  ...POST.shape,
  ...TELEPHONY.shape,
  ...OUTSIDE.shape,
  ...OBSERVATION.shape,
  ...LIMITS.shape,
});

/** All settings, checked. */
export type Settings = z.output<typeof SETTINGS>;
