import type { NastyFile } from './nasty-file.ts';

/** What is no list of people at all. */
export const NO_TEXT: readonly NastyFile[] = [
  { name: 'nothing', bytes: '', expected: { code: 'import.unreadable' } },
  { name: 'a mark and nothing else', bytes: '\ufeff', expected: { code: 'import.unreadable' } },
  { name: 'blank lines alone', bytes: '\n\n  \r\n', expected: { code: 'import.unreadable' } },
  {
    name: 'a workbook',
    bytes: Buffer.from('504b0304140006000800', 'hex'),
    expected: { code: 'import.unreadable' },
  },
  {
    name: 'an old workbook',
    bytes: Buffer.from('d0cf11e0a1b11ae1', 'hex'),
    expected: { code: 'import.unreadable' },
  },
  {
    name: 'a compressed file',
    bytes: Buffer.from('1f8b0800000000000003', 'hex'),
    expected: { code: 'import.unreadable' },
  },
  { name: 'a PDF', bytes: '%PDF-1.7\n%\n', expected: { code: 'import.unreadable' } },
  {
    name: 'one endless line',
    bytes: `phone\n${'9'.repeat(600_000)}`,
    expected: { code: 'import.unreadable' },
  },
  { name: 'an endless header', bytes: 'x'.repeat(2_000_000), expected: { code: 'import.unreadable' } },
  {
    name: 'a row too many',
    bytes: `phone\n${'x\n'.repeat(50_001)}`,
    expected: { code: 'import.too_many_rows' },
  },
];
