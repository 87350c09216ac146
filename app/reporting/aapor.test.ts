import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aaporRates, type Cases, casesByCode } from './aapor.ts';

describe('the AAPOR rates', () => {
  it('give the published check values', () => {
    const rates = aaporRates({ I: 4, P: 2, R: 1, NC: 1, O: 1, UH: 1, UO: 1, NE: 1 });
    expect(rates.RR1).toBeCloseTo(0.364, 3);
    expect(rates.RR3).toBeCloseTo(0.37, 3);
    expect(rates.COOP1).toBeCloseTo(0.5, 3);
    expect(rates.REF1).toBeCloseTo(0.091, 3);
    expect(rates.CON1).toBeCloseTo(0.727, 3);
    expect(rates.e).toBeCloseTo(0.9, 3);
  });

  it('are null without a denominator', () => {
    const rates = aaporRates(casesByCode({}));
    expect(Object.values(rates).every((rate) => rate === null)).toBe(true);
  });

  it('keep their order: 0 ≤ RR1 ≤ RR3 ≤ RR5 ≤ 1, and RR1 = RR2 without partials', () => {
    const count = fc.nat(500);
    const codes = fc.record({
      '1.1': count,
      '2.11': count,
      '2.12': count,
      '2.2': count,
      '2.3': count,
      '3.11': count,
      '3.13': count,
      '4.3': count,
    });
    fc.assert(
      fc.property(codes, (counts) => {
        const { RR1, RR2, RR3, RR5 } = aaporRates(casesByCode(counts));
        expect(RR2).toBe(RR1);
        if (RR1 === null || RR3 === null || RR5 === null) return;
        expect(RR1).toBeGreaterThanOrEqual(0);
        expect(RR3).toBeGreaterThanOrEqual(RR1 - 1e-12);
        expect(RR5).toBeGreaterThanOrEqual(RR3 - 1e-12);
        expect(RR5).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('count every case in exactly one group', () => {
    const counts = {
      '1.1': 1,
      '2.11': 2,
      '2.12': 3,
      '2.2': 4,
      '2.3': 5,
      '3.11': 6,
      '3.12': 7,
      '3.16': 8,
      '4.3': 9,
    };
    const cases = casesByCode(counts);
    expect(cases).toEqual({ I: 1, P: 0, R: 5, NC: 4, O: 5, UH: 21, UO: 0, NE: 9 } satisfies Cases);
  });
});
