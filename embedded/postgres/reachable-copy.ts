import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';

/** Makes the links that `pg-symlinks.json` lists, as far as the folder may be written. */
export function makeSymlinks(native: string): void {
  const list = join(native, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[];
  for (const { source, target } of links) {
    // The list's paths start at the package, one above `native`; each pair lies in one folder.
    const link = join(dirname(native), target);
    try {
      symlinkSync(basename(source), link);
    } catch {
      // It is there already, or the folder is read-only: the trial run after this tells which.
    }
  }
}

/** Copies the binaries (60 MB, under 0.1 s) to a folder that every user can read; an earlier copy is reused. */
export function copyTo(native: string, folder: string): string {
  if (existsSync(folder)) return join(folder, 'native');
  mkdirSync(dirname(folder), { recursive: true });
  const draft = mkdtempSync(`${folder}.`);
  try {
    const copy = join(draft, 'native');
    cpSync(native, copy, { recursive: true, verbatimSymlinks: true });
    makeSymlinks(copy);
    makeReadable(draft);
    renameSync(draft, folder);
  } catch (error) {
    rmSync(draft, { recursive: true, force: true });
    // Another process may have been faster; its copy is as good as ours.
    if (!existsSync(folder)) throw error;
  }
  return join(folder, 'native');
}

/**
 * Where copies are kept. Root needs a place that others can pass through, and that only root may write:
 * a folder that someone else made beforehand in a shared place would run their programs.
 */
export function cacheRoot(): string {
  const uid = process.getuid?.();
  if (uid !== 0) return join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'voicesurveyagent');
  for (const parent of ['/var/cache', '/Library/Caches', tmpdir()]) {
    const root = join(parent, 'voicesurveyagent');
    try {
      if (!existsSync(parent)) continue;
      mkdirSync(root, { recursive: true, mode: 0o755 });
      const { uid: owner, mode } = statSync(root);
      if (owner === 0 && (mode & 0o022) === 0 && !lstatSync(root).isSymbolicLink()) return root;
    } catch {
      // A read-only system folder: the next place.
    }
  }
  return mkdtempSync(join(tmpdir(), 'voicesurveyagent-'));
}

function makeReadable(path: string): void {
  const entry = lstatSync(path);
  if (entry.isSymbolicLink()) return;
  if (!entry.isDirectory()) {
    chmodSync(path, entry.mode & 0o100 ? 0o755 : 0o644);
    return;
  }
  chmodSync(path, 0o755);
  for (const name of readdirSync(path)) makeReadable(join(path, name));
}
