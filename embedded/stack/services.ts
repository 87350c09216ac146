import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { readJson, writeJson } from '../persisted.ts';

/** Where everything is. */
export type Services = Record<'console' | 'issuer' | 'carrier' | 'mailbox' | 'smtp' | 'database', string>;

const pathIn = (dataDir: string) => join(dataDir, 'services.json');

/** Tells other programs where everything is. */
export function publishServices(dataDir: string, services: Services): void {
  writeJson(pathIn(dataDir), services);
}

/** Nothing is there any more. */
export function withdrawServices(dataDir: string): void {
  rmSync(pathIn(dataDir), { force: true });
}

/** Where everything is, if it runs. */
export function findServices(dataDir: string): Services | null {
  return readJson<Services>(pathIn(dataDir));
}
