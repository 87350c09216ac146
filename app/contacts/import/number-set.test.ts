import fc from 'fast-check';
import { expect, it } from 'vitest';
import { NumberSet } from './number-set.ts';

it('knows a number when it sees it again, and no other', () => {
  const number = fc
    .oneof(fc.integer({ min: 1_000_000, max: 1_020_000 }), fc.integer({ min: 1e6, max: 999_999_999_999_999 }))
    .map((digits) => `+${digits}`);
  fc.assert(
    fc.property(fc.array(number, { maxLength: 20_000, size: 'max' }), (numbers) => {
      const seen = new NumberSet();
      const reference = new Set<string>();
      for (const one of numbers) {
        expect(seen.add(one)).toBe(!reference.has(one));
        reference.add(one);
      }
      expect(seen.size).toBe(reference.size);
    }),
    { numRuns: 20 },
  );
});

it('holds a list of numbers one after the other without looking long for a place', () => {
  const seen = new NumberSet();
  for (let n = 0; n < 300_000; n += 1) expect(seen.add(`+39340${String(n).padStart(7, '0')}`)).toBe(true);
  for (let n = 0; n < 300_000; n += 1) expect(seen.add(`+39340${String(n).padStart(7, '0')}`)).toBe(false);
});
