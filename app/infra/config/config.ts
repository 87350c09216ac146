import type { z } from 'zod';
import { withPrevious } from '../crypto/encryption.ts';
import { shapePost } from './post-settings.ts';
import { productionFaults } from './production-faults.ts';
import { Secret } from './secret.ts';
import { type OUTSIDE, SETTINGS, type Settings } from './settings.ts';

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
    trust_proxy: settings.TRUST_PROXY,
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
      timeout_ms: settings.OIDC_TIMEOUT_MS,
    },
    encryption_key: encryptionKeyOf(settings),
    phone_hash_key: settings.PHONE_HASH_KEY,
    smtp_url: settings.SMTP_URL,
    smtp_timeout_ms: settings.SMTP_TIMEOUT_MS,
    ...shapePost(settings),
    twilio_base_url: settings.TWILIO_BASE_URL,
    twilio_timeout_ms: settings.TWILIO_TIMEOUT_MS,
    ring_timeout_seconds: settings.RING_TIMEOUT_SECONDS,
    call_time_limit_seconds: settings.CALL_TIME_LIMIT_SECONDS,
    drain_seconds: settings.DRAIN_SECONDS,
    console_notice: {
      en: settings.CONSOLE_NOTICE_EN ?? settings.CONSOLE_NOTICE_IT ?? null,
      it: settings.CONSOLE_NOTICE_IT ?? settings.CONSOLE_NOTICE_EN ?? null,
    },
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
    internal_hosts_allowed: settings.INTERNAL_HOSTS_ALLOWED,
    erasure_ledger_file: settings.ERASURE_LEDGER_FILE ?? null,
    console_dir: settings.CONSOLE_DIR,
    ...outsideOf(settings),
    traces: tracesOf(settings),
  };
}

function encryptionKeyOf(settings: Settings) {
  const previous = settings.ENCRYPTION_KEY_PREVIOUS.map((one) => one.reveal());
  return new Secret(withPrevious(settings.ENCRYPTION_KEY.reveal(), previous));
}

function tracesOf(settings: Settings) {
  return {
    endpoint: settings.OTEL_EXPORTER_OTLP_ENDPOINT ?? null,
    headers: settings.OTEL_EXPORTER_OTLP_HEADERS ?? null,
    timeout_ms: settings.OTEL_EXPORTER_OTLP_TIMEOUT,
    service_name: settings.OTEL_SERVICE_NAME,
    share: settings.OTEL_TRACES_SAMPLER_ARG,
  };
}

function busFaults({ bus, sqs }: Config): string[] {
  return bus === 'sqs' && sqs.queue_url === null ? ['SQS_QUEUE_URL: is missing'] : [];
}

/** How outside servers are reached, and the secrets to read at the start. */
export function outsideOf(settings: z.output<typeof OUTSIDE>) {
  const all = settings.AWS_ENDPOINT_URL;
  return {
    proxy: { https: settings.HTTPS_PROXY, http: settings.HTTP_PROXY, bypass: settings.NO_PROXY },
    aws: {
      region: settings.AWS_REGION ?? null,
      endpoints: {
        sqs: settings.AWS_ENDPOINT_URL_SQS ?? all ?? null,
        ses: settings.AWS_ENDPOINT_URL_SESV2 ?? all ?? null,
        kms: settings.AWS_ENDPOINT_URL_KMS ?? all ?? null,
        secrets_manager: settings.AWS_ENDPOINT_URL_SECRETS_MANAGER ?? all ?? null,
      },
      timeout_ms: settings.AWS_TIMEOUT_MS,
      max_attempts: settings.AWS_MAX_ATTEMPTS,
      secrets: settings.AWS_SECRETS,
    },
  };
}
