import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Application, endLeftoverApplication } from './stack/application.ts';
import { buildConsole } from './stack/build-console.ts';
import { ClosingList } from './stack/closing-list.ts';
import { configureTelephony } from './stack/configure-telephony.ts';
import { releaseLock, takeLock } from './stack/lock-file.ts';
import { choosePorts } from './stack/ports.ts';
import { loadSecrets } from './stack/secrets.ts';
import { servicesOn, startServers } from './stack/servers.ts';
import { publishServices, type Services, withdrawServices } from './stack/services.ts';
import { applicationSettings, bareEnvironment, type Settings } from './stack/settings.ts';
import { waitUntilReady } from './stack/wait-until-ready.ts';
import { accessToken } from './token.ts';

const ROOT = resolve(import.meta.dirname, '..');
/** A call of a minute takes a quarter of it. */
export const DEFAULT_SPEED = 4;
const DEFAULT_SEED = 1;

export type StackOptions = {
  dataDir: string;
  /** This port and no other. */
  port?: number | undefined;
  /** This port, or the next free one. Without both: the one of the earlier run, or any free one. */
  preferredPort?: number | undefined;
  /** How much faster than life the telephone network runs. */
  speed?: number | undefined;
  /** How the respondents behave. */
  seed?: number | undefined;
  /** Settings of the application and its servers that win over ours; none by default. */
  settings?: Settings;
  /** Nothing is said but what went wrong. */
  quiet?: boolean;
  /** Takes the lines that tell what happens; standard error by default. */
  log?: (line: string) => void;
  /** Called when the application died too often to be started again; the rest still runs then. */
  givenUp?: () => void;
};

export type Stack = {
  services: Services;
  /** The application's environment. */
  env: Settings;
  app: { pid(): number | undefined };
  /** A JWT of one of the embedded accounts. */
  token(account: string): Promise<string>;
  /** Stops the application in an orderly way and starts it again. */
  restartApp(): Promise<void>;
  /** Ends the application where it stands: for a `stop` that takes too long. */
  hurry(): void;
  stop(): Promise<void>;
};

/** Thrown when the product already runs on this data folder. */
export class AlreadyRunning extends Error {
  override name = 'AlreadyRunning';
}

/** Starts everything on the data folder: servers, database schema, console, application; answers when it is ready. */
export async function startStack(options: StackOptions): Promise<Stack> {
  const dataDir = resolve(options.dataDir);
  mkdirSync(dataDir, { recursive: true });
  const lock = join(dataDir, 'running.json');
  const holder = takeLock(lock);
  if (holder) throw new AlreadyRunning(`It runs already, as process ${holder.pid}.`);
  const closing = new ClosingList();
  closing.add(async () => {
    withdrawServices(dataDir);
    releaseLock(lock);
  });
  try {
    return await startUnderLock(options, dataDir, closing);
  } catch (error) {
    await closing.closeAll();
    throw error;
  }
}

async function startUnderLock(options: StackOptions, dataDir: string, closing: ClosingList): Promise<Stack> {
  const warn = options.log ?? ((line: string) => process.stderr.write(`${line}\n`));
  const tell = options.quiet ? () => {} : warn;
  if (await endLeftoverApplication(dataDir))
    tell('Ended the application of an earlier start that was killed.');
  const given = options.settings ?? {};
  const secrets = loadSecrets(dataDir);
  const ports = await choosePorts(dataDir, { exact: options.port, preferred: options.preferredPort });
  const publicUrl = (given.PUBLIC_URL ?? `http://localhost:${ports.console}`).replace(/\/$/, '');
  const { speed = DEFAULT_SPEED, seed = DEFAULT_SEED } = options;

  const building = buildConsole(ROOT, tell);
  building.catch(() => {});
  const asked = { dataDir, ports, secrets, publicUrl, speed, seed, given };
  const services = servicesOn(asked);
  const servers = startServers(asked, closing);
  const urls = { ...services, port: ports.console, publicUrl };
  const env = { ...bareEnvironment(), ...applicationSettings(urls, secrets, given) };

  const givenUp = options.givenUp ?? (() => {});
  const application = new Application({ root: ROOT, dataDir, settings: env, log: warn, givenUp });
  const patienceMs = (Number(env.DRAIN_SECONDS) + 5) * 1000;
  try {
    // It loads while the other servers do; without its database it would end at once.
    await Promise.all([servers.database, building]);
    application.start();
    await servers.all;
  } finally {
    await servers.all.catch(() => {});
    // After all servers in the list, so before them when it is closed.
    closing.add(() => application.stop(patienceMs));
  }
  const origin = `http://127.0.0.1:${ports.console}`;
  const token = (account: string) => accessToken(services.issuer, account);
  const adminToken = given.OIDC_ISSUER ? null : token('admin');
  adminToken?.catch(() => {});
  await waitUntilReady(origin, application);
  if (adminToken === null) tell('Your own issuer is in use: enter the telephony account in the console.');
  else await configureTelephony(origin, await adminToken, secrets);
  publishServices(dataDir, services);

  return {
    services,
    env,
    app: { pid: () => application.pid() },
    token,
    async restartApp() {
      await application.stop(patienceMs);
      application.start();
      await waitUntilReady(origin, application);
    },
    hurry: () => application.kill(),
    stop: () => closing.closeAll(),
  };
}
