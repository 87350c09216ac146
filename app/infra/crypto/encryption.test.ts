import { createCipheriv, randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { keyVersion, openText, sealText, withPrevious } from './encryption.ts';

const [OLD, NEW] = [randomBytes(32), randomBytes(32)];

describe('a sealed text', () => {
  it('opens in its place and under its key, whatever it says', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string(), (text, place) => {
        expect(openText(OLD, place, sealText(OLD, place, text))).toBe(text.toWellFormed());
      }),
    );
  });

  it('never looks the same twice, and has another key every time', () => {
    const [one, two] = [sealText(OLD, 'a', 'x'), sealText(OLD, 'a', 'x')];
    const parts = [one, two].map((sealed) => sealed.split('.'));
    expect(parts[0]![1]).toBe(parts[1]![1]);
    expect(parts[0]![2]).not.toBe(parts[1]![2]);
    expect(parts[0]![3]).not.toBe(parts[1]![3]);
  });

  it('does not open in another place, under another key, or with any character changed', () => {
    const sealed = sealText(OLD, 'provider_config/1/api_key', 'a secret');
    expect(() => openText(OLD, 'provider_config/2/api_key', sealed)).toThrow();
    expect(() => openText(NEW, 'provider_config/1/api_key', sealed)).toThrow('a key that is not here');
    for (let at = 0; at < sealed.length; at += 1) {
      // The last character of a part may hold bits that mean nothing.
      if (sealed[at + 1] === '.' || at === sealed.length - 1) continue;
      const other = sealed[at] === 'A' ? 'B' : 'A';
      const changed = sealed.slice(0, at) + other + sealed.slice(at + 1);
      expect(() => openText(OLD, 'provider_config/1/api_key', changed), `character ${at}`).toThrow();
    }
  });

  it('is bound to the version of its key: the parts of two do not mix', () => {
    const a = sealText(OLD, 'p', 'a').split('.');
    const b = sealText(OLD, 'p', 'b').split('.');
    expect(() => openText(OLD, 'p', [a[0], a[1], a[2], b[3]].join('.'))).toThrow();
    const keys = withPrevious(NEW, [OLD]);
    expect(() => openText(keys, 'p', ['v2', keyVersion(NEW), a[2], a[3]].join('.'))).toThrow();
  });

  it('opens while keys are exchanged, and only the present key seals', () => {
    const sealed = sealText(OLD, 'p', 'text');
    const keys = withPrevious(NEW, [OLD]);
    expect(openText(keys, 'p', sealed)).toBe('text');
    const anew = sealText(keys, 'p', 'text');
    expect(openText(NEW, 'p', anew)).toBe('text');
    expect(() => openText(OLD, 'p', anew)).toThrow();
  });

  it('of the first format opens too, under any of the keys', () => {
    const nonce = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', OLD, nonce).setAAD(Buffer.from('p'));
    const ciphertext = Buffer.concat([cipher.update('text'), cipher.final()]);
    const parts = [nonce, cipher.getAuthTag(), ciphertext].map((part) => part.toString('base64url'));
    const sealed = ['v1', ...parts].join('.');
    expect(openText(OLD, 'p', sealed)).toBe('text');
    expect(openText(withPrevious(NEW, [OLD]), 'p', sealed)).toBe('text');
    expect(() => openText(NEW, 'p', sealed)).toThrow();
  });
});
