import { join } from 'node:path';
import { API_AUDIENCE, APPLICATION_CLIENT_ID } from '../identity-provider/clients.ts';
import type { Secrets } from './secrets.ts';

/** Environment variables that have a value. */
export type Settings = Record<string, string>;

export type ApplicationUrls = {
  port: number;
  publicUrl: string;
  database: string;
  issuer: string;
  smtp: string;
  carrier: string;
};

/** How long the application may take to finish or hand over its calls when it is asked to stop. */
const DRAIN_SECONDS = '10';

// With a network of one's own it would not be true.
const NOBODY_IS_CALLED = {
  CONSOLE_NOTICE_EN: 'Nobody is being called: the telephone network on this machine is simulated.',
  CONSOLE_NOTICE_IT: 'Nessuno viene chiamato: la rete telefonica su questo computer è simulata.',
};

/** The variables that are set; set to nothing is not set. */
export function settingsOf(environment: NodeJS.ProcessEnv): Settings {
  const entries = Object.entries(environment).filter(([, value]) => value !== undefined && value !== '');
  return Object.fromEntries(entries) as Settings;
}

/** Where Node keeps what it has compiled: a process that finds it starts in half the time. */
export const COMPILE_CACHE = join(import.meta.dirname, '../../node_modules/.cache/compiled');

/** What a program needs to run at all, taken from our own environment, and no setting of the product. */
export function bareEnvironment(): Settings {
  const names = ['PATH', 'HOME', 'TMPDIR', 'TEMP', 'SystemRoot', 'LANG', 'NODE_V8_COVERAGE'];
  const known = Object.fromEntries(names.map((name) => [name, process.env[name]]));
  // What is compiled already is not counted by a measurement of coverage.
  const cache = process.env.NODE_V8_COVERAGE ? {} : { NODE_COMPILE_CACHE: COMPILE_CACHE };
  return settingsOf({ ...cache, ...known });
}

/** The application's environment: ours, and over it whatever the user has set. */
export function applicationSettings(urls: ApplicationUrls, secrets: Secrets, given: Settings): Settings {
  return {
    NODE_ENV: 'development',
    HOST: '127.0.0.1',
    PUBLIC_URL: urls.publicUrl,
    DATABASE_URL: urls.database,
    OIDC_ISSUER: urls.issuer,
    OIDC_CLIENT_ID: APPLICATION_CLIENT_ID,
    OIDC_CLIENT_SECRET: secrets.client_secret,
    OIDC_AUDIENCE: API_AUDIENCE,
    OIDC_ROLE_CLAIM: 'role',
    ENCRYPTION_KEY: secrets.encryption_key,
    PHONE_HASH_KEY: secrets.phone_hash_key,
    SMTP_URL: urls.smtp,
    TWILIO_BASE_URL: urls.carrier,
    DRAIN_SECONDS,
    ...(given.TWILIO_BASE_URL ? {} : NOBODY_IS_CALLED),
    ...given,
    // The one that was found free; the same as the user's where there is one.
    PORT: String(urls.port),
  };
}
