import { createHash, hash, hkdfSync, timingSafeEqual } from 'node:crypto';

/** HMAC-SHA256 of an E.164 number under a key of its own: the exclusion list outlives the number itself. */
export function hashPhone(key: Buffer, phone_number: string): Buffer {
  const { inner, outer } = paddedKeys(key);
  const message = Buffer.concat([inner, Buffer.from(phone_number)]);
  return hash('sha256', Buffer.concat([outer, hash('sha256', message, 'buffer')]), 'buffer');
}

const BLOCK_BYTES = 64;
const padded = new WeakMap<Buffer, { inner: Buffer; outer: Buffer }>();

// RFC 2104 by two one-shot hashes: an Hmac object for every row of an import costs several times as much.
function paddedKeys(key: Buffer): { inner: Buffer; outer: Buffer } {
  const known = padded.get(key);
  if (known) return known;
  const block = Buffer.alloc(BLOCK_BYTES);
  (key.length > BLOCK_BYTES ? sha256(key) : key).copy(block);
  const made = {
    inner: block.map((byte) => byte ^ 0x36) as Buffer,
    outer: block.map((byte) => byte ^ 0x5c) as Buffer,
  };
  padded.set(key, made);
  return made;
}

/** A key for one purpose out of another (HKDF, RFC 5869): neither tells anything of the other. */
export function deriveKey(key: Buffer, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', key, '', purpose, 32));
}

/** SHA-256 as bytes, for opaque tokens that must not be readable in a dump. */
export function sha256(text: string | Buffer): Buffer {
  return createHash('sha256').update(text).digest();
}

/** SHA-256 as hex, for texts whose sameness must be provable. */
export function sha256Hex(text: string | Buffer): string {
  return createHash('sha256').update(text).digest('hex');
}

/** Equality in constant time, also for different lengths. */
export function sameSecret(a: string, b: string): boolean {
  return timingSafeEqual(sha256(a), sha256(b));
}

/** JSON with sorted keys: equal values give equal text. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, member) =>
    member !== null && typeof member === 'object' && !Array.isArray(member)
      ? Object.fromEntries(Object.entries(member).sort(([a], [b]) => (a < b ? -1 : 1)))
      : member,
  );
}
