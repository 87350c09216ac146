import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { hashPhone } from './hash.ts';

it('the hash of a number is HMAC-SHA256, for keys and numbers of any length', () => {
  const bytes = fc.uint8Array({ minLength: 1, maxLength: 100 }).map((array) => Buffer.from(array));
  fc.assert(
    fc.property(bytes, fc.string({ maxLength: 200 }), (key, text) => {
      expect(hashPhone(key, text)).toEqual(createHmac('sha256', key).update(text).digest());
    }),
  );
});
