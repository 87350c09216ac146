import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';

const ROOT = path.join(import.meta.dirname, '../..');

/** Every source file of the application itself (tests beside the code left out), with its text. */
export function appSources(): { file: string; text: string }[] {
  return globSync('app/**/*.{ts,sql}', { cwd: ROOT })
    .filter((file) => !file.endsWith('.test.ts') && !/(tables\.ts|schema\.sql)$/.test(file))
    .sort()
    .map((file) => ({ file, text: readFileSync(path.join(ROOT, file), 'utf8') }));
}
