import { expect, it } from 'vitest';
import { type CountryCode, readPhone } from './phone.ts';
import { timeZonesOfNumber } from './time-zone.ts';

const ROME: [string, CountryCode | null][] = [
  ['+393471234567', null],
  ['+39 347 123-45.67', null],
  ['(+39) 347/1234567', null],
  ['0039 347 1234567', null],
  ["'+393471234567", null],
  ['="+393471234567"', null],
  ['\u202a+39\u00a0347\u00a01234567\u202c', null],
  ['+393471234567.0', null],
  ['+3.93471234567E+11', null],
  ['347 1234567', 'IT'],
  ['393471234567', 'IT'],
  ['3,93471234567E+11', 'IT'],
  ['347 1234567', 'IT'],
];
it.each(ROME)('reads %s (default country %s) as one number', (text, country) => {
  expect(readPhone(text, country)).toEqual({ phone_number: '+393471234567', country: 'IT' });
});

const REFUSED: [string, CountryCode | null, string][] = [
  ['', null, 'phone.missing'],
  ["'", 'IT', 'phone.missing'],
  ['3.93E+11', 'IT', 'phone.rounded_by_spreadsheet'],
  ['3,93471E+11', null, 'phone.rounded_by_spreadsheet'],
  ['not a number', 'IT', 'phone.not_a_number'],
  ['+39 347 1234567 ext 5', null, 'phone.not_a_number'],
  ['347 1234567', null, 'phone.needs_country'],
  ['393471234567', null, 'phone.lost_plus'],
  ['447400123456', 'IT', 'phone.lost_plus'],
  ['12', 'IT', 'phone.too_short'],
  ['+4474001234567890', null, 'phone.too_long'],
  ['+39 347 123', null, 'phone.not_valid'],
];
it.each(REFUSED)('refuses %s (default country %s): %s', (text, country, problem) => {
  expect(readPhone(text, country)).toEqual({ problem });
});

it('knows all the zones that a number may be in, and none where nothing tells', () => {
  expect(timeZonesOfNumber('+393471234567')).toEqual(['Europe/Rome', 'Europe/Vatican']);
  expect(timeZonesOfNumber('+12125550123')).toEqual(['America/New_York']);
  expect(timeZonesOfNumber('+80012345678')).toEqual([]);
});
