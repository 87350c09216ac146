import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The version of Node that runs TypeScript as the code here is written. */
export const LEAST_NODE = 24;

export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
export const modules = join(root, 'node_modules');
/** Written when an installation is whole; npm empties the folder when it begins one. */
export const stampFile = join(modules, '.setup-stamp.json');

const lockFile = join(root, 'package-lock.json');
const suffix = process.platform === 'win32' ? '.cmd' : '';

/** What should be installed: the locked packages for this platform, as a folder may move to another machine. */
export function wantedHash() {
  if (!existsSync(lockFile)) throw new Error(`${lockFile} is missing. Get a complete clone.`);
  const hash = createHash('sha256').update(readFileSync(lockFile));
  return hash.update(`${process.platform}-${process.arch}`).digest('hex');
}

/** Whether an earlier run of this script installed exactly that. */
export function isStamped(hash) {
  return readJson(stampFile)?.hash === hash && hasNode();
}

/** Whether npm's scripts find a Node that is new enough: the pinned one, or the one that runs this. */
export function hasNode() {
  return (
    existsSync(join(modules, '.bin', `node${suffix}`)) ||
    Number.parseInt(process.versions.node, 10) >= LEAST_NODE
  );
}

/**
 * Whether somebody's own `npm install` has put exactly the locked packages there: npm lists what it installed in a
 * hidden lock file, and leaves out optional packages of other platforms.
 */
export function isInstalled() {
  const wanted = readJson(lockFile)?.packages;
  const found = readJson(join(modules, '.package-lock.json'))?.packages;
  if (!wanted || !found) return false;
  return Object.entries(wanted).every(([path, { version, integrity, optional, os, cpu, libc }]) => {
    if (path === '') return true;
    const there = found[path];
    const isForUs = (os || cpu) && !libc && fits(os, process.platform) && fits(cpu, process.arch);
    // Optional ones without a platform of their own belong to packages of other platforms.
    if (!there) return Boolean(optional && !isForUs);
    return there.version === version && there.integrity === integrity && existsSync(join(root, path));
  });
}

function fits(names, own) {
  return !names || names.includes(own) || (names[0].startsWith('!') && !names.includes(`!${own}`));
}

function readJson(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return null;
  }
}
