import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** Writes JSON so that a reader sees the old file or the new one, never half of it; readable by its owner only. */
export function writeJson(path: string, value: unknown): void {
  mkdirSync(dirname(path), { recursive: true });
  const draft = `${path}.${process.pid}.tmp`;
  writeFileSync(draft, `${JSON.stringify(value, null, 2)}\n`, { mode: 0o600 });
  renameSync(draft, path);
}

/** The JSON in the file, or null where there is no file. */
export function readJson<T>(path: string): T | null {
  if (!existsSync(path)) return null;
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as T;
  } catch (cause) {
    throw new Error(`${path} is not readable JSON. Mend it, or move it away to start afresh.`, { cause });
  }
}

/** What an earlier run left in the file; the first run makes it and leaves it there. */
export async function persisted<T>(path: string, make: () => T | Promise<T>): Promise<T> {
  const found = readJson<T>(path);
  if (found !== null) return found;
  const made = await make();
  writeJson(path, made);
  return made;
}
