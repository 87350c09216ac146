import { readFileSync } from 'node:fs';
import path from 'node:path';
import { it } from 'vitest';

const DIR = process.env.CONTRACT_DATA_DIR;

/** Runs what judges us by the vendor's own data, where `CONTRACT_DATA_DIR` holds it; else says in a line what was not run. */
export function withContractData(what: string, file: string, run: (data: () => never) => void): void {
  if (!DIR) {
    console.info(`not run without CONTRACT_DATA_DIR: ${what} (${file})`);
    it.skip(`${what}: CONTRACT_DATA_DIR is not set`, () => undefined);
    return;
  }
  run(() => JSON.parse(readFileSync(path.join(DIR, file), 'utf8')) as never);
}
