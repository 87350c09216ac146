import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { deriveKey } from './hash.ts';

/**
 * The key that encrypts the keys of the values: 32 bytes. While it is exchanged, `previous` holds those that still open
 * what they sealed; nothing new is sealed with them.
 */
export type EncryptionKey = Buffer & { previous?: readonly Buffer[] };

/** A key that still opens what the given ones sealed, and seals with itself. */
export function withPrevious(key: Buffer, previous: readonly Buffer[]): EncryptionKey {
  return Object.assign(Buffer.from(key), { previous });
}

/** The version of a key, as it stands in what it sealed; tells nothing of the key. */
export function keyVersion(key: Buffer): string {
  const known = versions.get(key);
  if (known !== undefined) return known;
  const version = deriveKey(key, 'key-version').subarray(0, 6).toString('base64url');
  versions.set(key, version);
  return version;
}
const versions = new WeakMap<Buffer, string>();

/**
 * Seals a text: a key of its own (AES-256-GCM, random nonces, NIST SP 800-38D), which is sealed with the given key beside
 * it. Both are bound to `place` (table, row and column) and to the key's version: moved to another place it does not open.
 * The result is text: `v2.version.key.text`, each part nonce, tag and ciphertext in base64url.
 */
export function sealText(key: EncryptionKey, place: string, text: string): string {
  const version = keyVersion(key);
  const own = randomBytes(32);
  const bound = `${place}|${version}`;
  const parts = [encrypt(key, `key|${bound}`, own), encrypt(own, `text|${bound}`, Buffer.from(text))];
  own.fill(0);
  return ['v2', version, ...parts].join('.');
}

/** Opens what `sealText` made for the same place; throws when key, place or a single bit differ. */
export function openText(key: EncryptionKey, place: string, sealed: string): string {
  const [format, ...parts] = sealed.split('.');
  if (format === 'v1' && parts.length === 3) return openFirstFormat(key, place, parts);
  const [version = '', ownSealed = '', textSealed] = parts;
  if (format !== 'v2' || textSealed === undefined) throw new Error('not a sealed text');
  const sealer = [key, ...(key.previous ?? [])].find((one) => keyVersion(one) === version);
  if (!sealer) throw new Error('sealed with a key that is not here');
  const bound = `${place}|${version}`;
  const own = decrypt(sealer, `key|${bound}`, ownSealed);
  return decrypt(own, `text|${bound}`, textSealed).toString('utf8');
}

// What was sealed before there were versions: with the key itself, whichever of them it was.
function openFirstFormat(key: EncryptionKey, place: string, parts: string[]): string {
  const [nonce = '', tag = '', ciphertext = ''] = parts.map((part) => Buffer.from(part, 'base64url'));
  const sealed = Buffer.concat([nonce, tag, ciphertext] as Buffer[]).toString('base64url');
  const keys = [key, ...(key.previous ?? [])];
  for (const [at, one] of keys.entries()) {
    try {
      return decrypt(one, place, sealed).toString('utf8');
    } catch (error) {
      if (at === keys.length - 1) throw error;
    }
  }
  throw new Error('not a sealed text');
}

const NONCE = 12;
const TAG = 16;

function encrypt(key: Buffer, bound: string, text: Buffer): string {
  const nonce = randomBytes(NONCE);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(bound));
  const ciphertext = Buffer.concat([cipher.update(text), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), ciphertext]).toString('base64url');
}

function decrypt(key: Buffer, bound: string, sealed: string): Buffer {
  const bytes = Buffer.from(sealed, 'base64url');
  if (bytes.length < NONCE + TAG) throw new Error('not a sealed text');
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, NONCE))
    .setAAD(Buffer.from(bound))
    .setAuthTag(bytes.subarray(NONCE, NONCE + TAG));
  return Buffer.concat([decipher.update(bytes.subarray(NONCE + TAG)), decipher.final()]);
}
