import { join } from 'node:path';
import { startCarrier } from '../../carrier/start-carrier.ts';
import { startIdentityProvider } from '../identity-provider.ts';
import { startMailbox } from '../mailbox.ts';
import { startPostgres } from '../postgres.ts';
import type { ClosingList } from './closing-list.ts';
import type { Ports } from './ports.ts';
import type { Secrets } from './secrets.ts';
import type { Services } from './services.ts';
import type { Settings } from './settings.ts';

export type ServerOptions = {
  dataDir: string;
  ports: Ports;
  secrets: Secrets;
  publicUrl: string;
  speed: number;
  seed: number;
  given: Settings;
};

/** Starts a real server for everything that the user has not named a server for. */
export async function startServers(options: ServerOptions, closing: ClosingList): Promise<Services> {
  const starts = [startDatabase, startIssuer, startMail, startTelephony].map((start) =>
    start(options, closing),
  );
  // All of them, also when one fails: what has started must be in the list before anything is stopped.
  const results = await Promise.allSettled(starts);
  const failure = results.find((result) => result.status === 'rejected');
  if (failure) throw failure.reason;
  const started = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
  return Object.assign({ console: options.publicUrl }, ...started) as Services;
}

type Part = Partial<Services>;

async function startDatabase(options: ServerOptions, closing: ClosingList): Promise<Part> {
  if (options.given.DATABASE_URL) return { database: options.given.DATABASE_URL };
  const postgres = await startPostgres({
    dataDir: join(options.dataDir, 'postgres'),
    port: options.ports.database,
    password: options.secrets.database_password,
  });
  return { database: closing.keep(postgres).url };
}

async function startIssuer(options: ServerOptions, closing: ClosingList): Promise<Part> {
  if (options.given.OIDC_ISSUER) return { issuer: options.given.OIDC_ISSUER };
  const provider = await startIdentityProvider({
    port: options.ports.issuer,
    dataDir: join(options.dataDir, 'identity-provider'),
    clientSecret: options.secrets.client_secret,
    redirectUris: [`${options.publicUrl}/api/auth/callback`],
    backchannelLogoutUri: `${options.publicUrl}/api/auth/backchannel-logout`,
    postLogoutRedirectUris: [options.publicUrl, `${options.publicUrl}/`, `${options.publicUrl}/login`],
  });
  return { issuer: closing.keep(provider).issuer };
}

async function startMail(options: ServerOptions, closing: ClosingList): Promise<Part> {
  const mailbox = closing.keep(
    await startMailbox({
      smtpPort: options.ports.smtp,
      httpPort: options.ports.mailbox,
      dataDir: join(options.dataDir, 'mailbox'),
    }),
  );
  return { mailbox: mailbox.url, smtp: options.given.SMTP_URL ?? mailbox.smtpUrl };
}

async function startTelephony(options: ServerOptions, closing: ClosingList): Promise<Part> {
  if (options.given.TWILIO_BASE_URL) return { carrier: options.given.TWILIO_BASE_URL };
  const carrier = await startCarrier({
    port: options.ports.carrier,
    accountSid: options.secrets.account_sid,
    authToken: options.secrets.auth_token,
    dataDir: join(options.dataDir, 'carrier'),
    speed: options.speed,
    seed: options.seed,
  });
  return { carrier: closing.keep(carrier).url };
}
