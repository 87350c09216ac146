import { readFileSync } from 'node:fs';
import path from 'node:path';

/** A file of the contract data, which is not part of the project; null, and one line said, without CONTRACT_DATA_DIR. */
export function contractData<T>(file: string): T | null {
  const folder = process.env.CONTRACT_DATA_DIR;
  if (folder) return JSON.parse(readFileSync(path.join(folder, file), 'utf8')) as T;
  process.stdout.write(`not run without CONTRACT_DATA_DIR: what ${file} says\n`);
  return null;
}
