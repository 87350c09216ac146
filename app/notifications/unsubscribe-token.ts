import { createHmac, timingSafeEqual } from 'node:crypto';

const HASH_BYTES = 32;
const PROOF_BYTES = 16;

/** The keyed hash by which the list of unsubscribed addresses knows one; upper and lower case are the same mailbox. */
export function hashEmail(key: Buffer, email: string): Buffer {
  return createHmac('sha256', key).update(`email:${email.trim().toLowerCase()}`).digest();
}

/**
 * What stands in the link of every mail: the hash and a proof that we made it. It names nobody, needs no row to be found
 * again, and works for as long as the key does, also after the contact was erased.
 */
export function unsubscribeToken(key: Buffer, email: string): string {
  const hash = hashEmail(key, email);
  return Buffer.concat([hash, proof(key, hash)]).toString('base64url');
}

/** The hash of the address, or null for a token that we did not make. */
export function readUnsubscribeToken(key: Buffer, token: string): Buffer | null {
  const bytes = Buffer.from(token, 'base64url');
  // Spelled as we spell it: the decoder forgives what it cannot read.
  if (bytes.length !== HASH_BYTES + PROOF_BYTES || bytes.toString('base64url') !== token) return null;
  const hash = bytes.subarray(0, HASH_BYTES);
  return timingSafeEqual(bytes.subarray(HASH_BYTES), proof(key, hash)) ? hash : null;
}

function proof(key: Buffer, hash: Buffer): Buffer {
  return createHmac('sha256', key).update('unsubscribe:').update(hash).digest().subarray(0, PROOF_BYTES);
}
