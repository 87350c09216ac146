import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { exclusively } from './lock-file.ts';
import { runProgram } from './run-program.ts';
import { bareEnvironment } from './settings.ts';

/** Builds the console into dist/web unless what is there was built from the same sources. */
export async function buildConsole(root: string, log: (line: string) => void): Promise<void> {
  if (!existsSync(join(root, 'web'))) {
    log('There is no console here to build (web/ is missing); the API works without.');
    return;
  }
  const stamp = join(root, 'dist', 'web.sha256');
  // Two stacks may start at once from one clone.
  await exclusively(join(root, 'dist', 'web.lock'), async () => {
    const sources = hashSources(root);
    const isFresh = existsSync(join(root, 'dist', 'web', 'index.html')) && existsSync(stamp);
    if (isFresh && readFileSync(stamp, 'utf8') === sources) return;
    const started = performance.now();
    const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js');
    const env = { ...bareEnvironment(), NODE_ENV: 'production' };
    await runProgram('Building the console', root, [vite, 'build', 'web'], env);
    writeFileSync(stamp, sources);
    log(`Built the console in ${((performance.now() - started) / 1000).toFixed(1)} s.`);
  });
}

function hashSources(root: string): string {
  const hash = createHash('sha256').update(readFileSync(join(root, 'package-lock.json')));
  const entries = readdirSync(join(root, 'web'), { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  for (const file of files.sort()) hash.update(file.slice(root.length)).update(readFileSync(file));
  return hash.digest('hex');
}
