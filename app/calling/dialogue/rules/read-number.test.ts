import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readNumber } from './read-number.ts';

const NUMERIC = { context: 'question', type: 'numeric', scale_min: null, scale_max: null } as const;
const SCALE = { context: 'question', type: 'scale', scale_min: 1, scale_max: 10 } as const;

const EN_SMALL =
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(
    ' ',
  );
const EN_TENS = ' ten twenty thirty forty fifty sixty seventy eighty ninety'.split(' ');
const IT_SMALL =
  'zero uno due tre quattro cinque sei sette otto nove dieci undici dodici tredici quattordici quindici sedici diciassette diciotto diciannove'.split(
    ' ',
  );
const IT_TENS = ' dieci venti trenta quaranta cinquanta sessanta settanta ottanta novanta'.split(' ');

function sayEn(n: number): string {
  if (n < 20) return EN_SMALL[n]!;
  if (n < 100) return `${EN_TENS[Math.floor(n / 10)]}${n % 10 ? `-${EN_SMALL[n % 10]}` : ''}`;
  const [unit, name] = n < 1_000 ? [100, 'hundred'] : [1_000, 'thousand'];
  const rest = n % unit;
  const joined = rest === 0 ? '' : ` ${rest < 100 ? 'and ' : ''}${sayEn(rest)}`;
  return `${sayEn(Math.floor(n / unit))} ${name}${joined}`;
}

/** As it is written, fused, with its elisions and the accent of "ventitré". */
function sayIt(n: number): string {
  if (n < 20) return IT_SMALL[n]!;
  if (n < 100) {
    const tens = IT_TENS[Math.floor(n / 10)]!;
    const unit = n % 10;
    if (unit === 0) return tens;
    return `${unit === 1 || unit === 8 ? tens.slice(0, -1) : tens}${unit === 3 ? 'tré' : IT_SMALL[unit]}`;
  }
  if (n < 1_000) {
    const hundreds = n < 200 ? 'cento' : `${IT_SMALL[Math.floor(n / 100)]}cento`;
    return `${hundreds}${n % 100 ? sayIt(n % 100) : ''}`;
  }
  const thousands = n < 2_000 ? 'mille' : `${sayIt(Math.floor(n / 1_000)).replace('é', 'e')}mila`;
  return `${thousands}${n % 1_000 ? sayIt(n % 1_000) : ''}`;
}

const SAY = { en: sayEn, it: sayIt };
const POINT = { en: ' point ', it: ' virgola ' };
const CARRIERS = {
  en: ['%', 'uh, %', 'about % I think', '% times a year', "I'd say %."],
  it: ['%', 'eh, %', 'circa % direi', '% volte all’anno', 'saranno %.'],
};

describe.each(['en', 'it'] as const)('a number said in %s', (language) => {
  const read = (text: string) => readNumber(text, language, NUMERIC);

  it('is read back, inside what people say around it', () => {
    fc.assert(
      fc.property(fc.nat(9_999), fc.constantFrom(...CARRIERS[language]), (n, carrier) => {
        expect([SAY[language](n), read(carrier.replace('%', SAY[language](n)))]).toEqual([
          SAY[language](n),
          n,
        ]);
      }),
      { numRuns: 3_000 },
    );
  });

  it('is read back with its decimals, in words and in digits', () => {
    fc.assert(
      fc.property(fc.nat(999), fc.integer({ min: 1, max: 9 }), (whole, tenth) => {
        const value = Number(`${whole}.${tenth}`);
        expect(read(`${SAY[language](whole)}${POINT[language]}${SAY[language](tenth)}`)).toBe(value);
        expect(read(`${whole}${language === 'en' ? '.' : ','}${tenth}`)).toBe(value);
      }),
      { numRuns: 300 },
    );
  });

  it('is not guessed from two', () => {
    const or = language === 'en' ? 'or' : 'o';
    fc.assert(
      fc.property(fc.nat(99), fc.nat(99), (a, b) => {
        fc.pre(a !== b);
        expect(read(`${SAY[language](a)} ${or} ${SAY[language](b)}`)).toBeNull();
      }),
    );
  });
});

describe('numbers as people say them', () => {
  it.each<['en' | 'it', string, number | null]>([
    ['en', 'two and a half', 2.5],
    ['en', '1,234', 1_234],
    ['en', 'minus two', -2],
    ['en', 'twice a week', 2],
    ['en', 'just once', 1],
    ['en', 'twice... no, three times', 3],
    ['en', 'two and a half million', 2_500_000],
    ['en', 'two point five million', 2_500_000],
    ['en', 'two dozen', null],
    ['en', 'three quarters', null],
    ['en', 'twenty odd', null],
    ['en', 'the first one', null],
    ['en', 'the 3rd time', null],
    ['en', 'once in a while', null],
    ['en', 'not once', null],
    ['en', 'more than five', null],
    ['en', 'at least 3', null],
    ['en', 'between three and five', null],
    ['en', 'five, yes five', 5],
    ['it', 'due e mezzo', 2.5],
    ['it', '1.234', 1_234],
    ['it', '1.234,5', 1_234.5],
    ['it', 'tre virgola cinque', 3.5],
    ['it', 'meno due', -2],
    ['it', 'più o meno dieci', 10],
    ['it', 'una volta', 1],
    ['it', 'una bella domanda', null],
    ['it', 'più di cinque', null],
    ['it', 'almeno tre', null],
    ['it', 'due, anzi tre', 3],
    ['it', 'un milione e mezzo', 1_500_000],
    ['it', 'due virgola cinque milioni', 2_500_000],
    ['it', 'tre quarti', null],
    ['it', 'due dozzine', null],
  ])('%s: %s', (language, text, value) => {
    expect(readNumber(text, language, NUMERIC)).toBe(value);
  });
});

describe('a place on a scale', () => {
  it.each<['en' | 'it', string, number | null]>([
    ['en', 'seven out of ten', 7],
    ['en', '7/10', 7],
    ['en', 'seven out of five', null],
    ['en', 'eleven', null],
    ['en', 'zero', null],
    ['en', 'seven and a half', null],
    ['en', 'seven stars', 7],
    ['it', 'otto su dieci', 8],
    ['it', 'un otto', 8],
    ['it', 'tra sette e otto', null],
    ['it', 'undici', null],
  ])('%s: %s', (language, text, value) => {
    expect(readNumber(text, language, SCALE)).toBe(value);
  });
});
