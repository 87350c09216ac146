import type pg from 'pg';
import { openCredentials } from './admin/credentials.ts';
import { loadSettings, type Providers, type Settings } from './admin/settings.ts';
import type { Interpreter } from './calling/dialogue/interpreter.ts';
import { rulesInterpreter } from './calling/dialogue/rules-interpreter.ts';
import { observeProvider } from './calling/telephony/observe-provider.ts';
import type { TelephonyProvider } from './calling/telephony/provider.ts';
import { AppError } from './errors.ts';
import { SCHEMA_VERSION, SURVEY_EVENTS } from './events/survey-event.ts';
import type { Config } from './infra/config/config.ts';
import { deriveKey, hashPhone } from './infra/crypto/hash.ts';
import { type Db, openDatabase } from './infra/db/database.ts';
import type { Bus } from './infra/messaging/bus.ts';
import { busOpenedLater } from './infra/messaging/bus-opened-later.ts';
import { postgresBus } from './infra/messaging/postgres-bus.ts';
import { createLog, type Logger } from './infra/observability/log.ts';
import { chosenMailer } from './notifications/mailers/chosen-mailer.ts';
import type { Mailer } from './notifications/mailers/mailer.ts';
import { smtpMailer } from './notifications/mailers/smtp-mailer.ts';

/** Everything a process needs to touch the world, built once; verbs name the part of it that they use. */
export type Context = {
  config: Config;
  db: Db;
  /** For leases and marks: its commits do not wait for the disk. */
  queueDb: Db;
  pool: pg.Pool;
  log: Logger;
  now(): Date;
  /** The keyed hash by which the exclusion list knows a number. */
  phoneHash(phone_number: string): Buffer;
  /** Signs the end of the audit log. */
  auditSealKey: Buffer;
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

// Of the connections of a process: the relay, the bus's receiver, its acknowledger.
const QUEUE_CONNECTIONS = 3;

/** One line for each folder in calling/telephony. */
const PROVIDERS: Providers = { telephony_api: ['twilio'], voice_ai_platform: [] };

// A changed setting counts within this time in every process, and reads cost no round trip in between.
const SETTINGS_FRESH_MS = 2_000;

/** The one place that chooses adapters. */
export function createContext(config: Config): Context {
  const { db, pool, close } = openDatabase(
    config.database_url,
    Math.max(2, config.database_pool - QUEUE_CONNECTIONS),
  );
  const queue = openDatabase(config.database_url, QUEUE_CONNECTIONS, { isForQueues: true });
  const settings = freshSettings(db);
  const adapters = providersOf(config);
  const openSes = async () => {
    const { sesMailer } = await import('./notifications/mailers/ses-mailer.ts');
    return sesMailer({ config, settings });
  };
  const mailer = chosenMailer({ smtp: smtpMailer({ config, settings }), openSes }, settings);
  const log = createLog(config.log_level);
  const bus = busOf(config, { db: queue.db, pool, log });
  return {
    config,
    db,
    pool,
    log,
    now: () => new Date(),
    phoneHash: (phone_number) => hashPhone(config.phone_hash_key.reveal(), phone_number),
    auditSealKey: deriveKey(config.phone_hash_key.reveal(), 'audit-seal'),
    settings,
    provider: async (name) => adapters(await settings(), name),
    providers: PROVIDERS,
    interpreter: chosenInterpreter(config, settings, log),
    queueDb: queue.db,
    bus,
    mailer,
    close: async () => {
      await mailer.close();
      await bus.close();
      await queue.close();
      await close();
    },
  };
}

/** What carries survey events: a table of our own, or a queue in the cloud. */
function busOf(config: Config, { db, pool, log }: { db: Db; pool: pg.Pool; log: Logger }): Bus {
  const { queue_url, visibility_seconds } = config.sqs;
  if (config.bus === 'sqs' && queue_url) {
    // The cloud's libraries are 34 MB: a process on the other bus does not carry them.
    return busOpenedLater(async () => {
      const { sqsBus } = await import('./infra/messaging/sqs-bus.ts');
      return sqsBus({
        queue_url,
        aws: config.aws,
        visibility_seconds,
        schema_version: SCHEMA_VERSION,
        log,
      });
    });
  }
  return postgresBus({ db, pool, topic: SURVEY_EVENTS, now: () => new Date(), log });
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
  const built = new Map<string, { provider: Promise<TelephonyProvider>; of: number }>();
  return (settings: Settings, name = settings.provider_name): Promise<TelephonyProvider> => {
    const of = settings.updated_at.getTime();
    const kept = built.get(name ?? '');
    if (kept?.of === of) return kept.provider;
    const provider = buildProvider(config, settings, name).then(observeProvider);
    built.set(name ?? '', { provider, of });
    provider.catch(() => built.delete(name ?? ''));
    return provider;
  };
}

async function buildProvider(
  config: Config,
  settings: Settings,
  name: string | null,
): Promise<TelephonyProvider> {
  const secrets = openCredentials(config.encryption_key.reveal(), settings.credentials);
  const { account_sid, auth_token } = secrets;
  // Without its secret there is no provider: a signature under an empty key is one that anybody can make.
  if (name !== 'twilio' || !account_sid || !auth_token) {
    throw new AppError('settings.unknown_provider', 'No telephony provider is configured.');
  }
  const { twilio_base_url: base_url, twilio_timeout_ms: timeout_ms, public_url } = config;
  // A process carries the library of the vendor that it speaks to, and of no other.
  const { twilioProvider } = await import('./calling/telephony/twilio/twilio-provider.ts');
  return twilioProvider({ ...secrets, account_sid, auth_token, base_url, timeout_ms, public_url });
}

/** Understands by the model that the settings name at the moment, and by the rules alone where they name none. */
function chosenInterpreter(config: Config, settings: () => Promise<Settings>, log: Logger): Interpreter {
  let built: { interpreter: Promise<Interpreter>; of: number } | undefined;
  let latest: Interpreter = rulesInterpreter;
  async function current(): Promise<Interpreter> {
    const now = await settings();
    const of = now.updated_at.getTime();
    if (built?.of !== of) built = { interpreter: buildInterpreter(config, now, log), of };
    latest = await built.interpreter;
    return latest;
  }
  return {
    get name() {
      return latest.name;
    },
    prepare: async () => void (await current()),
    isPaused: () => latest.isPaused?.() ?? false,
    interpret: async (utterance) => {
      // Words are understood even while nobody can read the settings.
      const interpreter = await current().catch(() => rulesInterpreter);
      return interpreter.interpret(utterance);
    },
  };
}

async function buildInterpreter(config: Config, settings: Settings, log: Logger): Promise<Interpreter> {
  const { llm_provider, llm_model, llm_base_url: base_url, llm_timeout_ms: timeoutMs } = settings;
  if (llm_provider === 'none') return rulesInterpreter;
  const { api_key = null } = openCredentials(config.encryption_key.reveal(), settings.credentials);
  // A process without a model does not carry the vendors' libraries: they are 70 MB and a quarter of a second.
  const { languageModel, modelInterpreter } = await import('./calling/dialogue/llm/model-interpreter.ts');
  const model = languageModel({ llm_provider, llm_model, base_url, api_key });
  if (model === null) {
    log.warn({ llm_provider }, 'a model is chosen but not configured; the rules understand alone');
    return rulesInterpreter;
  }
  return modelInterpreter({ name: `${llm_provider}/${llm_model}`, model, timeoutMs, log });
}
