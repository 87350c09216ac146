import type pg from 'pg';
import { openCredentials } from './admin/credentials.ts';
import { loadSettings, type Providers, type Settings } from './admin/settings.ts';
import type { Interpreter } from './calling/dialogue/interpreter.ts';
import { rulesInterpreter } from './calling/dialogue/rules-interpreter.ts';
import type { TelephonyProvider } from './calling/telephony/provider.ts';
import { twilioProvider } from './calling/telephony/twilio/twilio-provider.ts';
import { AppError } from './errors.ts';
import type { Config } from './infra/config/config.ts';
import { hashPhone } from './infra/crypto/hash.ts';
import { type Db, openDatabase } from './infra/db/database.ts';
import type { Bus } from './infra/messaging/bus.ts';
import { postgresBus } from './infra/messaging/postgres-bus.ts';
import { createLog, type Logger } from './infra/observability/log.ts';
import type { Mailer } from './notifications/mailer.ts';
import { smtpMailer } from './notifications/smtp-mailer.ts';

/** Everything a process needs to touch the world, built once; verbs name the part of it that they use. */
export type Context = {
  config: Config;
  db: Db;
  pool: pg.Pool;
  log: Logger;
  now(): Date;
  /** The keyed hash by which the exclusion list knows a number. */
  phoneHash(phone_number: string): Buffer;
  /** How the product is run now, at most two seconds old. */
  settings(): Promise<Settings>;
  /** The configured provider, or the one that a live call was placed with. */
  provider(name?: string): Promise<TelephonyProvider>;
  /** The names there are adapters for, by type. */
  providers: Providers;
  interpreter: Interpreter;
  bus: Bus;
  mailer: Mailer;
  close(): Promise<void>;
};

/** One line for each folder in calling/telephony. */
const PROVIDERS: Providers = { telephony_api: ['twilio'], voice_ai_platform: [] };

// A changed setting counts within this time in every process, and reads cost no round trip in between.
const SETTINGS_FRESH_MS = 2_000;

/** The one place that chooses adapters. */
export function createContext(config: Config): Context {
  const { db, pool, close } = openDatabase(config.database_url, config.database_pool);
  const settings = freshSettings(db);
  const adapters = providersOf(config);
  const mailer = smtpMailer({ config, settings });
  return {
    config,
    db,
    pool,
    log: createLog(config.log_level),
    now: () => new Date(),
    phoneHash: (phone_number) => hashPhone(config.phone_hash_key.reveal(), phone_number),
    settings,
    provider: async (name) => adapters(await settings(), name),
    providers: PROVIDERS,
    interpreter: rulesInterpreter,
    bus: postgresBus(db),
    mailer,
    close: async () => {
      await mailer.close();
      await close();
    },
  };
}

function freshSettings(db: Db): () => Promise<Settings> {
  let cached: { settings: Promise<Settings>; atMs: number } | undefined;
  return () => {
    const nowMs = performance.now();
    if (!cached || nowMs - cached.atMs > SETTINGS_FRESH_MS) {
      const settings = loadSettings(db);
      cached = { settings, atMs: nowMs };
      settings.catch(() => {
        cached = undefined; // the next caller asks again
      });
    }
    return cached.settings;
  };
}

/** Gives the provider of that name; kept until the settings change, so that its connections are used again. */
function providersOf(config: Config) {
  const built = new Map<string, { provider: TelephonyProvider; of: number }>();
  return (settings: Settings, name = settings.provider_name): TelephonyProvider => {
    const of = settings.updated_at.getTime();
    const kept = built.get(name ?? '');
    if (kept?.of === of) return kept.provider;
    const provider = buildProvider(config, settings, name);
    built.set(provider.name, { provider, of });
    return provider;
  };
}

function buildProvider(config: Config, settings: Settings, name: string | null): TelephonyProvider {
  const secrets = openCredentials(config.encryption_key.reveal(), settings.credentials);
  const { account_sid, auth_token } = secrets;
  // Without its secret there is no provider: a signature under an empty key is one that anybody can make.
  if (name !== 'twilio' || !account_sid || !auth_token) {
    throw new AppError('settings.unknown_provider', 'No telephony provider is configured.');
  }
  const { twilio_base_url: base_url, public_url } = config;
  return twilioProvider({ ...secrets, account_sid, auth_token, base_url, public_url });
}
