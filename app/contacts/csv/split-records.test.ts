import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CsvRecord, recordSplitter, UnreadableText } from './split-records.ts';

const split = (text: string, { pieces = [text], delimiter = ',', longest_record = 1_000_000 } = {}) => {
  const splitter = recordSplitter({ delimiter, first_line: 1, longest_record });
  return [...pieces.flatMap((piece) => splitter.feed(piece)), ...splitter.end()];
};
const cells = (records: CsvRecord[]) => records.map((record) => record.cells);

describe('text is split into records', () => {
  it.each<[name: string, text: string, expected: (string | number)[][]]>([
    [
      'any line ending',
      'a\r\nb\nc\rd',
      [
        [1, 'a'],
        [2, 'b'],
        [3, 'c'],
        [4, 'd'],
      ],
    ],
    [
      'line ends in quotes',
      '"a\r\nb",c\nd',
      [
        [1, 'a\r\nb', 'c'],
        [3, 'd'],
      ],
    ],
    [
      'blank lines',
      '\n \na\n\n,,\nb\n',
      [
        [3, 'a'],
        [6, 'b'],
      ],
    ],
    ['doubled quotes', '"say ""hi""",""\n', [[1, 'say "hi"', '']]],
    ['a quote within a cell', '5" pipe,a"b"c\n', [[1, '5" pipe', 'a"b"c']]],
    ['text after a closing quote', '"Bar" Rossi,x\n', [[1, '"Bar" Rossi', 'x']]],
    ['blanks around quotes', ' "a,b" ,c\n', [[1, 'a,b', 'c']]],
    [
      'ragged rows',
      'a,b\nc\nd,e,f\n',
      [
        [1, 'a', 'b'],
        [2, 'c'],
        [3, 'd', 'e', 'f'],
      ],
    ],
    ['no end of line at the end', '"a"', [[1, 'a']]],
    ['an empty text', '', []],
  ])('%s', (_name, text, expected) => {
    expect(split(text).map((one) => [one.line_number, ...one.cells])).toEqual(expected);
  });

  it('the same, however it is cut', () => {
    const parts = fc.constantFrom('a', ',', '"', '""', '\r', '\n', '\r\n', ' ', '\u00e8', '"x,y"', '"1\n2"');
    fc.assert(
      fc.property(fc.array(parts, { maxLength: 40 }), fc.integer({ min: 1, max: 9 }), (tokens, size) => {
        const text = tokens.join('');
        const pieces = text.match(new RegExp(`[^]{1,${size}}`, 'g')) ?? [];
        const attempt = (run: () => CsvRecord[]) => {
          try {
            return run();
          } catch (error) {
            return (error as UnreadableText).reason;
          }
        };
        expect(attempt(() => split(text, { pieces }))).toEqual(attempt(() => split(text)));
      }),
      { numRuns: 2_000 },
    );
  });

  it('as a well-known parser splits whatever is written by the rules', () => {
    const cell = fc.stringMatching(/^[a-z0-9",;\n\r àè]{0,8}$/);
    const rows = fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(
        rows,
        fc.constantFrom(',', ';', '\t'),
        fc.constantFrom('\n', '\r\n', '\r'),
        (table, by, end) => {
          const quote = (text: string) => `"${text.replaceAll('"', '""')}"`;
          const text = table.map((row) => row.map(quote).join(by)).join(end);
          const known = parse(text, {
            delimiter: by,
            record_delimiter: end,
            relax_column_count: true,
          }) as string[][];
          const filled = known.filter((row) => row.some((one) => one.trim() !== ''));
          expect(cells(split(text, { delimiter: by }))).toEqual(filled);
        },
      ),
    );
  });

  it('until a quote is never closed, or a record is endless', () => {
    expect(() => split('a\n"b\nc\n')).toThrow(new UnreadableText('open_quote', 2));
    expect(() => split(`a\n${'b'.repeat(50)}`, { longest_record: 40 })).toThrow(
      new UnreadableText('long_record', 2),
    );
  });
});
