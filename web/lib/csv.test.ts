import { describe, expect, it } from 'vitest';
import { parseCsv, toCsv } from './csv.ts';

describe('CSV', () => {
  it.each([
    [
      'a,b\r\n1,2\r\n',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    ['\ufeffa\n1', [['a'], ['1']]],
    ['"a, ""b""","c\r\nd"\r\n', [['a, "b"', 'c\r\nd']]],
    ['a,,\r\n', [['a', '', '']]],
    ['', []],
  ])('%j is read', (text, records) => {
    expect(parseCsv(text)).toEqual(records);
  });

  it('is the same after a way there and back', () => {
    const records = [
      ['plain', 'with, comma', 'with "quotes"', 'with\r\nline', ''],
      ['+39333', "'=1+1", ' ', 'é', '\t'],
    ];
    expect(parseCsv(toCsv(records))).toEqual(records);
  });
});
