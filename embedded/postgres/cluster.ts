import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chownSync,
  closeSync,
  existsSync,
  lchownSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { type Binaries, program } from './binaries.ts';
import type { ServerIdentity } from './server-identity.ts';

/** The user that owns everything in the cluster. */
export const DATABASE_USER = 'postgres';

/**
 * How the server names its own data folder. Another user than ours may not pass through the folders above
 * (`/root`, a 0700 home), but a process may always stand in the folder it was started in: the working
 * directory is entered before the user is changed, and `/proc/self/cwd` leads to it without a look at the
 * folders above. Elsewhere than on Linux there is no such name, and the path must be passable.
 */
export function folderForServer(cluster: string, identity: ServerIdentity): string {
  return identity && process.platform === 'linux' ? '/proc/self/cwd' : cluster;
}

/** Makes the data folder on the first start; on later ones checks that these binaries can read it. */
export async function prepareCluster(
  cluster: string,
  binaries: Binaries,
  identity: ServerIdentity,
  password: string,
): Promise<void> {
  if (existsSync(cluster)) {
    checkOwner(cluster, identity);
    checkVersion(cluster, binaries);
    return;
  }
  // Made beside its place and moved there when whole: a first start that is killed leaves no half cluster.
  const draft = `${cluster}.new`;
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(draft, { mode: 0o700 });
  if (identity) chownSync(draft, identity.uid, identity.gid);
  await initdb(draft, binaries, identity, password);
  renameSync(draft, cluster);
}

/** PostgreSQL wants to own its folder. Root gives it away (after a run as an ordinary user); others can only say so. */
function checkOwner(cluster: string, identity: ServerIdentity): void {
  const owner = statSync(cluster).uid;
  const wanted = identity?.uid ?? process.getuid?.() ?? owner;
  if (owner === wanted) return;
  if (!identity) {
    throw new Error(
      `${cluster} belongs to user ${owner} (an earlier start as root?). ` +
        `Give it to yourself (sudo chown -R ${wanted} ${cluster}), or choose another DATA_DIR.`,
    );
  }
  chownSync(cluster, identity.uid, identity.gid);
  for (const entry of readdirSync(cluster, { recursive: true, encoding: 'utf8' })) {
    lchownSync(join(cluster, entry), identity.uid, identity.gid);
  }
}

function checkVersion(cluster: string, binaries: Binaries): void {
  const version = join(cluster, 'PG_VERSION');
  const major = existsSync(version) ? Number(readFileSync(version, 'utf8')) : null;
  if (major === binaries.major) return;
  throw new Error(
    `${cluster} was written by PostgreSQL ${major ?? '(unknown)'}, but this is PostgreSQL ${binaries.major}. ` +
      'Move the folder away to start with an empty database, or set DATABASE_URL to a server of that version.',
  );
}

async function initdb(
  folder: string,
  binaries: Binaries,
  identity: ServerIdentity,
  password: string,
): Promise<void> {
  const passwordFile = `${folder}.password`;
  writeFileSync(passwordFile, password, { mode: 0o600 });
  if (identity) chownSync(passwordFile, identity.uid, identity.gid);
  const descriptor = openSync(passwordFile, 'r');
  // Handed over as an open file, for the same reason as the folder.
  const passwordArgument = process.platform === 'win32' ? passwordFile : '/dev/fd/3';
  try {
    const run = spawn(
      program(binaries, 'initdb'),
      [
        ...['--pgdata', folderForServer(folder, identity), '--username', DATABASE_USER],
        ...['--auth', 'scram-sha-256', '--pwfile', passwordArgument],
        ...['--no-locale', '--encoding', 'UTF8', '--no-instructions'],
      ],
      { cwd: folder, stdio: ['ignore', 'ignore', 'pipe', descriptor], ...(identity ?? {}) },
    );
    let reason = '';
    run.stderr?.setEncoding('utf8').on('data', (text: string) => {
      reason += text;
    });
    const [status] = await once(run, 'close').catch((error: Error) => {
      reason = error.message;
      return [null];
    });
    if (status !== 0) {
      throw new Error(
        `PostgreSQL cannot make its data folder ${folder}: ${reason.trim()}\n${remedy(identity)}`,
      );
    }
  } finally {
    closeSync(descriptor);
    rmSync(passwordFile, { force: true });
  }
}

function remedy(identity: ServerIdentity): string {
  return identity
    ? `It runs as user ${identity.uid}, never as root. Choose a DATA_DIR below folders that every user may enter, ` +
        'start as an ordinary user, or set DATABASE_URL.'
    : 'Choose another DATA_DIR, or set DATABASE_URL.';
}
