import { readFileSync } from 'node:fs';

/** The user that PostgreSQL runs as; null: the one who starts us. */
export type ServerIdentity = { uid: number; gid: number } | null;

const NOBODY = { uid: 65534, gid: 65534 };

/**
 * Who runs the server. PostgreSQL refuses to run as root, so root lends it the `postgres` user where there
 * is one, else `nobody`: both exist already, and nothing in the system is changed.
 */
export function serverIdentity(passwdFile = '/etc/passwd'): ServerIdentity {
  if (process.platform === 'win32' || process.getuid?.() !== 0) return null;
  return passwdEntry(passwdFile, 'postgres') ?? passwdEntry(passwdFile, 'nobody') ?? NOBODY;
}

function passwdEntry(passwdFile: string, name: string): ServerIdentity {
  const entry = readLines(passwdFile).find((line) => line.startsWith(`${name}:`));
  const [uid, gid] = (entry?.split(':').slice(2, 4) ?? []).map(Number);
  return uid && gid && uid > 0 && gid > 0 ? { uid, gid } : null;
}

function readLines(path: string): string[] {
  try {
    return readFileSync(path, 'utf8').split('\n');
  } catch {
    return [];
  }
}
