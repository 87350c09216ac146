import { IT, type NastyFile, n, one, rejected } from './nasty-file.ts';

/** What people and spreadsheets do to a number. */
export const NUMBERS: readonly NastyFile[] = [
  {
    name: 'an exponent that lost its digits',
    bytes: 'phone\n3.93E+11\n',
    expected: rejected('2:phone_number:phone.rounded_by_spreadsheet'),
  },
  {
    name: 'an Italian exponent that lost its digits',
    bytes: 'phone;id\n3,93E+11;1\n',
    expected: rejected('2:phone_number:phone.rounded_by_spreadsheet'),
  },
  {
    name: 'an exponent with all its digits',
    bytes: 'phone;id\n3,93470000001E+11;1\n',
    options: IT,
    expected: one,
  },
  { name: 'a number that lost its plus', bytes: `phone\n${n(1).slice(1)}\n`, options: IT, expected: one },
  {
    name: 'a lost plus without a country',
    bytes: `phone\n${n(1).slice(1)}\n`,
    expected: rejected('2:phone_number:phone.lost_plus'),
  },
  { name: 'an apostrophe before the number', bytes: `phone\n'${n(1)}\n`, expected: one },
  { name: 'a formula around the number', bytes: `phone\n"=""${n(1)}"""\n`, expected: one },
  { name: 'a number made a decimal', bytes: `phone\n${n(1).slice(1)}.0\n`, options: IT, expected: one },
  {
    name: 'blanks that do not break, and marks of direction',
    bytes: `phone\n\u202a+39\u00a0347\u2009000\u00a00001\u202c\n`,
    expected: one,
  },
  { name: 'other hyphens and brackets', bytes: 'phone\n(+39) 347\u2013000\u20110001\n', expected: one },
  { name: 'two zeros for the plus', bytes: `phone\n00${n(1).slice(1)}\n`, expected: one },
  {
    name: 'every spelling of one number',
    options: IT,
    bytes: `phone\n${n(1)}\n00${n(1).slice(1)}\n347 000 0001\n347-000.0001\n'${n(1)}\n(347) 0000001\n`,
    expected: { counts: [6, 1, 0, 5, 0], numbers: [n(1)] },
  },
  {
    name: 'a national number without a country',
    bytes: 'phone\n347 0000001\n',
    expected: rejected('2:phone_number:phone.needs_country'),
  },
  {
    name: 'too few digits, too many, no such number',
    bytes: 'phone\n+39 347\n+39 347 000 0001 999 999\n+39 111 111 1111\n',
    expected: {
      counts: [3, 0, 3, 0, 0],
      faults: [
        '2:phone_number:phone.too_short',
        '3:phone_number:phone.too_long',
        '4:phone_number:phone.not_valid',
      ],
    },
  },
  {
    name: 'words for a number',
    bytes: 'phone\nchiedere in ufficio\n#N/A\n',
    expected: {
      counts: [2, 0, 2, 0, 0],
      faults: ['2:phone_number:phone.not_a_number', '3:phone_number:phone.not_a_number'],
    },
  },
  {
    name: 'digits of other scripts',
    bytes: 'phone\n+39\u0663\u0664\u06670000001\n',
    expected: rejected('2:phone_number:phone.not_a_number'),
  },
];
