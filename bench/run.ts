import { readdirSync } from 'node:fs';
import path from 'node:path';
import type { Bench, Report } from './report.ts';

const names = readdirSync(import.meta.dirname)
  .filter((file) => file.endsWith('.bench.ts'))
  .map((file) => file.replace('.bench.ts', ''));

const [name = '', ...options] = process.argv.slice(2);
if (!names.includes(name)) {
  process.stderr.write(`usage: npm run bench -- ${names.join('|')} [--json] [--small]\n`);
  process.exit(2);
}
const isJson = options.includes('--json');
const { bench } = (await import(path.join(import.meta.dirname, `${name}.bench.ts`))) as { bench: Bench };

/** One line a result: an object for programs, a sentence for people. */
function print(report: Report): void {
  if (isJson) process.stdout.write(`${JSON.stringify({ bench: name, ...report })}\n`);
  else {
    const { what, ...figures } = report;
    const parts = Object.entries(figures).map(([key, value]) => `${key} ${value}`);
    process.stdout.write(`${what}: ${parts.join(', ')}\n`);
  }
}

await bench({ print, isSmall: options.includes('--small') });
process.exit(0);
