import { accepted, type NastyFile, n, one } from './nasty-file.ts';

const utf16be = (text: string) => Buffer.from(text, 'utf16le').swap16();

/** Encodings, line ends, separators and quotes. */
export const FORM: readonly NastyFile[] = [
  { name: 'a byte-order mark in UTF-8', bytes: `\ufeffphone\n${n(1)}\n`, expected: one },
  { name: 'two byte-order marks', bytes: `\ufeff\ufeffphone\n${n(1)}\n`, expected: one },
  {
    name: 'UTF-16, little end first',
    bytes: Buffer.from(`\ufeffphone\r\n${n(1)}\r\n`, 'utf16le'),
    expected: one,
  },
  { name: 'UTF-16, big end first', bytes: utf16be(`\ufeffphone\r\n${n(1)}\r\n`), expected: one },
  { name: 'UTF-16 without a mark', bytes: utf16be(`phone\n${n(1)}\n`), expected: one },
  {
    name: 'Windows-1252 in a name',
    bytes: Buffer.from(`phone;note\n${n(1)};perch\xe9 no\n`, 'latin1'),
    expected: one,
  },
  {
    name: 'Windows-1252 in the last byte',
    bytes: Buffer.from(`note;phone\nx;${n(1)}\nCaff\xe8`, 'latin1'),
    expected: {
      counts: [2, 1, 1, 0, 0],
      faults: ['3:row:row.too_few_cells', '3:phone_number:phone.missing'],
    },
  },
  { name: 'no line end at the end', bytes: `phone\n${n(1)}`, expected: one },
  { name: 'old Mac line ends', bytes: `phone\r${n(1)}\r${n(2)}`, expected: accepted(n(1), n(2)) },
  {
    name: 'three kinds of line end',
    bytes: `phone\r\n${n(1)}\n${n(2)}\r${n(3)}`,
    expected: accepted(n(1), n(2), n(3)),
  },
  {
    name: 'blank lines before, between and after',
    bytes: `\n\r\nphone\n\n${n(1)}\n   \n\n${n(2)}\n\n\n`,
    expected: accepted(n(1), n(2)),
  },
  { name: 'rows of separators alone', bytes: `phone;email;id\n;;\n${n(1)};;\n; ;\n`, expected: one },
  { name: 'the separator line of Excel', bytes: `sep=;\r\nphone;lang\r\n${n(1)};it\r\n`, expected: one },
  { name: 'a separator of its own', bytes: `sep=|\nphone|lang\n${n(1)}|it\n`, expected: one },
  { name: 'tabs', bytes: `phone\tlang\n${n(1)}\tit\n`, expected: one },
  { name: 'a comma within a quoted header', bytes: `"name, first";phone\nx;${n(1)}\n`, expected: one },
  {
    name: 'line ends within quotes',
    bytes: `phone,note\n${n(1)},"a\r\nb\n\nc"\n12,x\n`,
    expected: { counts: [2, 1, 1, 0, 0], faults: ['6:phone_number:phone.needs_country'] },
  },
  { name: 'quotes within quotes', bytes: `phone,note\n${n(1)},"says ""no"", he"\n`, expected: one },
  {
    name: 'a quote in the middle of a cell',
    bytes: `phone,note\n${n(1)},5" screen\n${n(2)},x\n`,
    expected: accepted(n(1), n(2)),
  },
  {
    name: 'text after a closing quote',
    bytes: `phone,note\n${n(1)},"Bar" Rossi\n${n(2)},x\n`,
    expected: accepted(n(1), n(2)),
  },
  { name: 'blanks around quotes', bytes: `phone, note\n "${n(1)}" , "x,y"\n`, expected: one },
  { name: 'everything quoted', bytes: `"phone","lang"\n"${n(1)}","it"\n`, expected: one },
  {
    name: 'a quote that is never closed',
    bytes: `phone,note\n${n(1)},"open\n${n(2)},x\n`,
    expected: { code: 'import.unreadable' },
  },
  {
    name: 'the wrong separator chosen by hand',
    bytes: `phone;lang\n${n(1)};it\n`,
    options: { delimiter: 'comma' },
    expected: { code: 'import.missing_column' },
  },
];
