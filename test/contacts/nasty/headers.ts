import { type NastyFile, n, one } from './nasty-file.ts';

/** Columns by whatever name. */
export const HEADERS: readonly NastyFile[] = [
  {
    name: 'a header of other cases, blanks and dots',
    bytes: ` PHONE_Number ;E.Mail\n${n(1)};\n`,
    expected: one,
  },
  { name: 'an Italian header with accents', bytes: `Numero di telefòno;Età\n${n(1)};44\n`, expected: one },
  {
    name: 'two columns for the number: the exact name goes first',
    bytes: `tel,phone_number\n12,${n(1)}\n`,
    expected: one,
  },
  { name: 'the same column twice: the first counts', bytes: `phone,phone\n${n(1)},12\n`, expected: one },
  { name: 'a header and nothing else', bytes: 'phone\n', expected: { counts: [0, 0, 0, 0, 0] } },
  { name: 'no header', bytes: `${n(1)}\n${n(2)}\n`, expected: { code: 'import.missing_column' } },
  {
    name: 'a mapping to a column that is not there',
    bytes: `phone\n${n(1)}\n`,
    options: { mapping: { phone_number: 'cell' } },
    expected: { code: 'import.missing_column' },
  },
  {
    name: 'a mapping that overrules a synonym',
    bytes: `phone,office\n12,${n(1)}\n`,
    options: { mapping: { phone_number: 'OFFICE' } },
    expected: one,
  },
  {
    name: 'a thousand and one columns',
    bytes: `phone${',x'.repeat(1_000)}\n${n(1)}\n`,
    expected: { code: 'import.too_many_columns' },
  },
  {
    name: 'a million columns',
    bytes: `phone${',x'.repeat(1_000_000)}\n${n(1)}\n`,
    expected: { code: 'import.unreadable' },
  },
];
