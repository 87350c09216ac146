import {
  type CountryCode,
  getCountryCallingCode,
  isSupportedCountry,
  type PhoneNumber,
  parsePhoneNumberFromString,
  validatePhoneNumberLength,
} from 'libphonenumber-js/max';

import { readPlainNumber } from './phone-fast-path.ts';

export type { CountryCode } from 'libphonenumber-js/max';

export type PhoneProblem =
  | 'phone.missing'
  | 'phone.rounded_by_spreadsheet'
  | 'phone.not_a_number'
  | 'phone.lost_plus'
  | 'phone.needs_country'
  | 'phone.too_short'
  | 'phone.too_long'
  | 'phone.not_valid';

/** An E.164 number with its country (ISO 3166 alpha-2, '' where it belongs to none), or why it is none. */
export type ReadPhone = { phone_number: string; country: string } | { problem: PhoneProblem };

/** True for an ISO alpha-2 code whose numbers can be read. */
export function isCountry(code: string): code is CountryCode {
  return isSupportedCountry(code);
}

/**
 * Reads a number as people and spreadsheets write it. What a spreadsheet did to it is undone where only one number can
 * have been meant (a leading apostrophe, a trailing `.0`, an exponent with all its digits, a `+` lost from a number of
 * the default country); everywhere else it is refused: a wrong guess would call a stranger.
 */
export function readPhone(text: string, default_country: CountryCode | null): ReadPhone {
  const plain = readPlainNumber(text, default_country);
  if (plain) return plain;
  const written = undoSpreadsheet(text);
  if (written === '') return { problem: 'phone.missing' };
  if (written === null) return { problem: 'phone.rounded_by_spreadsheet' };
  if (!/^[+(]?[\d\s().\-/+]+$/.test(written) || !/\d/.test(written)) return { problem: 'phone.not_a_number' };
  const international = written.replace(/^\(?\+?\s*00(?=[1-9])/, '+').replace(/^\(\+/, '+');
  const isInternational = international.startsWith('+');
  if (!isInternational && default_country === null) return { problem: whyNotNational(written) };
  const parsed = parse(international, isInternational ? null : default_country);
  if (parsed?.isValid()) return { phone_number: parsed.number, country: parsed.country ?? '' };
  return { problem: whyInvalid(international, isInternational ? null : default_country) };
}

function parse(text: string, country: CountryCode | null): PhoneNumber | undefined {
  return parsePhoneNumberFromString(text, {
    extract: false,
    ...(country ? { defaultCountry: country } : {}),
  });
}

// `'+39…` and `="+39…"` are how people stop a spreadsheet from calculating; `.0` is what remains when they did not.
// null: digits were rounded away, such as 3.93E+11.
function undoSpreadsheet(text: string): string | null {
  const bare = text
    .replaceAll(/[\s\u00a0\u200b-\u200f\u202a-\u202e\u2060\ufeff]+/g, ' ')
    .replaceAll(/[\u2010-\u2015\u2212]/g, '-')
    .trim()
    .replace(/^="(.*)"$/, '$1')
    .replace(/^['’‘`]+/, '')
    .trim();
  const whole = /^(\+?\d{5,})[.,]0+$/.exec(bare);
  if (whole) return whole[1]!;
  const exponent = /^(\+?)(\d)(?:[.,](\d*))?e\+?(\d{1,2})$/i.exec(bare);
  if (!exponent) return bare;
  const [, plus = '', first = '', rest = '', power = ''] = exponent;
  return rest.length === Number(power) ? `${plus}${first}${rest}` : null;
}

// Without a country only the shape can tell a lost plus from a national number; neither is dialled on a guess.
function whyNotNational(written: string): PhoneProblem {
  const digits = written.replaceAll(/\D/g, '');
  const isWhole = !digits.startsWith('0') && digits.length >= 11 && parse(`+${digits}`, null)?.isValid();
  return isWhole ? 'phone.lost_plus' : 'phone.needs_country';
}

function whyInvalid(text: string, country: CountryCode | null): PhoneProblem {
  const length = validatePhoneNumberLength(text, country ? { defaultCountry: country } : undefined);
  if (country !== null && !text.startsWith(getCountryCallingCode(country))) {
    const asInternational = whyNotNational(text);
    if (asInternational === 'phone.lost_plus') return asInternational;
  }
  if (length === 'TOO_SHORT') return 'phone.too_short';
  if (length === 'TOO_LONG') return 'phone.too_long';
  return 'phone.not_valid';
}
