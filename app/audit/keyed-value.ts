/** How the audit log names a person: by the keyed hash of the number, never by the number itself. */
export function keyedValue(hash: Buffer): string {
  return `hmac-sha256:${hash.toString('hex')}`;
}
