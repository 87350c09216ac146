import { createRequire } from 'node:module';
import fc from 'fast-check';
import {
  type CountryCode,
  getCountries,
  getCountryCallingCode,
  parsePhoneNumberFromString,
} from 'libphonenumber-js/max';
import { describe, expect, it } from 'vitest';
import { readPlainNumber } from './phone-fast-path.ts';

const examples = createRequire(import.meta.url)('libphonenumber-js/examples.mobile.json') as Record<
  string,
  string
>;

function byLibrary(text: string, defaultCountry?: CountryCode) {
  const parsed = parsePhoneNumberFromString(text, {
    extract: false,
    ...(defaultCountry ? { defaultCountry } : {}),
  });
  return parsed?.isValid() ? { phone_number: parsed.number, country: parsed.country ?? '' } : null;
}

const digits = (min: number, max: number) =>
  fc.array(fc.integer({ min: 0, max: 9 }), { minLength: min, maxLength: max }).map((list) => list.join(''));
const country = fc.constantFrom(...getCountries());
/** Anything from a real number's neighbourhood to noise. */
const national = fc.oneof(
  digits(4, 13),
  country.chain((code) =>
    fc
      .tuple(fc.constant(examples[code] ?? '123456'), digits(0, 4))
      .map(([known, end]) => known.slice(0, known.length - end.length) + end),
  ),
);

describe('where the fast path answers', () => {
  it('the library answers the same: every country, abroad and at home, near real numbers and far from them', () => {
    let answered = 0;
    fc.assert(
      fc.property(country, national, (code, number) => {
        const abroad = `+${getCountryCallingCode(code)}${number}`;
        const one = readPlainNumber(abroad, null);
        if (one) expect(one).toEqual(byLibrary(abroad));
        const home = readPlainNumber(number, code);
        if (home) expect(home).toEqual(byLibrary(number, code));
        answered += Number(one !== null) + Number(home !== null);
      }),
      { numRuns: 30_000 },
    );
    expect(answered).toBeGreaterThan(1_000);
  });

  it.each(Object.entries(examples))(
    '%s: its own example, and every change of one digit of it',
    (code, number) => {
      const text = `+${getCountryCallingCode(code as CountryCode)}${number}`;
      for (let at = 0; at < number.length; at += 1) {
        for (let digit = 0; digit <= 9; digit += 1) {
          const changed = `${number.slice(0, at)}${digit}${number.slice(at + 1)}`;
          const abroad = `${text.slice(0, text.length - number.length)}${changed}`;
          const [one, home] = [readPlainNumber(abroad, null), readPlainNumber(changed, code as CountryCode)];
          if (one) expect(one).toEqual(byLibrary(abroad));
          if (home) expect(home).toEqual(byLibrary(changed, code as CountryCode));
        }
      }
    },
  );

  it('it answers for what lists are full of', () => {
    expect(readPlainNumber('+393471234567', null)).toEqual({ phone_number: '+393471234567', country: 'IT' });
    expect(readPlainNumber('3471234567', 'IT')).toEqual({ phone_number: '+393471234567', country: 'IT' });
    expect(readPlainNumber('+447400123456', null)).toEqual({ phone_number: '+447400123456', country: 'GB' });
    expect(readPlainNumber('0612345678', 'IT')).toEqual({ phone_number: '+390612345678', country: 'IT' });
    for (const text of ['', '+', '+39', '347 123 4567', '3471234567', 'abc', '+0000000', '+39347123456７'])
      expect(readPlainNumber(text, null)).toBeNull();
  });
});
