import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

/** HMAC-SHA256 of an E.164 number under a key of its own: the exclusion list outlives the number itself. */
export function hashPhone(key: Buffer, phone_number: string): Buffer {
  return createHmac('sha256', key).update(phone_number).digest();
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
