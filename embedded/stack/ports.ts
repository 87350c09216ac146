import { join } from 'node:path';
import { freePort, isPortFree } from '../free-port.ts';
import { readJson, writeJson } from '../persisted.ts';

export type Ports = Record<'console' | 'issuer' | 'carrier' | 'mailbox' | 'smtp' | 'database', number>;

export type ConsolePort = {
  /** This one and no other. */
  exact?: number | undefined;
  /** This one, or the next that is free. */
  preferred?: number | undefined;
};

/** The ports of the embedded servers: those of the earlier run where they are free, as others know them by now. */
export async function choosePorts(dataDir: string, console: ConsolePort): Promise<Ports> {
  const path = join(dataDir, 'ports.json');
  const earlier = readJson<Partial<Ports>>(path) ?? {};
  const ports: Ports = {
    console: await consolePort(console, earlier.console),
    issuer: await freePort(earlier.issuer),
    carrier: await freePort(earlier.carrier),
    mailbox: await freePort(earlier.mailbox),
    smtp: await freePort(earlier.smtp),
    database: await freePort(earlier.database),
  };
  writeJson(path, ports);
  return ports;
}

async function consolePort({ exact, preferred }: ConsolePort, earlier?: number): Promise<number> {
  if (exact !== undefined) {
    if (await isPortFree(exact)) return exact;
    throw new Error(`Port ${exact} is taken. Free it, or choose another with PORT.`);
  }
  if (preferred === undefined) return freePort(earlier);
  for (let port = preferred; port < preferred + 100; port += 1) if (await isPortFree(port)) return port;
  return freePort();
}
