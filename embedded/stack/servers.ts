import { join } from 'node:path';
import { databaseUrl, startPostgres } from '../postgres.ts';
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

/** Where everything will be: the ports are chosen, so the addresses are known before anybody listens. */
export function servicesOn({ ports, secrets, publicUrl, given }: ServerOptions): Services {
  const at = (port: number) => `http://127.0.0.1:${port}`;
  return {
    console: publicUrl,
    database: given.DATABASE_URL ?? databaseUrl(ports.database, secrets.database_password),
    // Not `localhost`: cookies know no ports, and the application's are kept under that name.
    issuer: given.OIDC_ISSUER ?? at(ports.issuer),
    mailbox: at(ports.mailbox),
    smtp: given.SMTP_URL ?? `smtp://127.0.0.1:${ports.smtp}`,
    carrier: given.TWILIO_BASE_URL ?? at(ports.carrier),
  };
}

/**
 * Starts a real server for everything that the user has not named a server for. The database comes first: whatever waits
 * for it does not wait for the others, whose libraries keep this process busy while they are loaded.
 */
export function startServers(
  options: ServerOptions,
  closing: ClosingList,
): { database: Promise<void>; all: Promise<void> } {
  const database = startDatabase(options, closing);
  const starts = [
    database,
    ...[startIssuer, startMail, startTelephony].map((start) => start(options, closing)),
  ];
  // All of them, also when one fails: what has started must be in the list before anything is stopped.
  const all = Promise.allSettled([database, ...starts]).then((results) => {
    const failure = results.find((result) => result.status === 'rejected');
    if (failure) throw failure.reason;
  });
  // Whoever waits for them hears of it; nobody may have begun to.
  all.catch(() => {});
  return { database, all };
}

async function startDatabase(options: ServerOptions, closing: ClosingList): Promise<void> {
  if (options.given.DATABASE_URL) return;
  const { dataDir, ports, secrets } = options;
  closing.keep(
    await startPostgres({
      dataDir: join(dataDir, 'postgres'),
      port: ports.database,
      password: secrets.database_password,
    }),
  );
}

async function startIssuer(options: ServerOptions, closing: ClosingList): Promise<void> {
  if (options.given.OIDC_ISSUER) return;
  const { startIdentityProvider } = await import('../identity-provider.ts');
  closing.keep(
    await startIdentityProvider({
      port: options.ports.issuer,
      dataDir: join(options.dataDir, 'identity-provider'),
      clientSecret: options.secrets.client_secret,
      redirectUris: [`${options.publicUrl}/api/auth/callback`],
      backchannelLogoutUri: `${options.publicUrl}/api/auth/backchannel-logout`,
      postLogoutRedirectUris: [options.publicUrl, `${options.publicUrl}/`, `${options.publicUrl}/login`],
    }),
  );
}

async function startMail({ dataDir, ports }: ServerOptions, closing: ClosingList): Promise<void> {
  const { startMailbox } = await import('../mailbox.ts');
  closing.keep(
    await startMailbox({
      smtpPort: ports.smtp,
      httpPort: ports.mailbox,
      dataDir: join(dataDir, 'mailbox'),
    }),
  );
}

async function startTelephony(options: ServerOptions, closing: ClosingList): Promise<void> {
  if (options.given.TWILIO_BASE_URL) return;
  const { startCarrier } = await import('../../carrier/start-carrier.ts');
  closing.keep(
    await startCarrier({
      port: options.ports.carrier,
      accountSid: options.secrets.account_sid,
      authToken: options.secrets.auth_token,
      dataDir: join(options.dataDir, 'carrier'),
      speed: options.speed,
      seed: options.seed,
    }),
  );
}
