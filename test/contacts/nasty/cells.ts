import { accepted, type NastyFile, n, one, rejected } from './nasty-file.ts';

/** The other cells. */
export const CELLS: readonly NastyFile[] = [
  {
    name: 'ticks in two languages',
    expected: { counts: [6, 6, 0, 0, 5] },
    bytes: `phone,dnc\n${n(1)},X\n${n(2)},S\u00cc\n${n(3)},si\u0300\n${n(4)},Vero\n${n(5)},1.0\n${n(6)},falso\n`,
  },
  {
    name: 'a tick that means nothing',
    bytes: `phone,dnc\n${n(1)},maybe\n`,
    expected: rejected('2:do_not_call:boolean.unknown'),
  },
  {
    name: 'locales for languages',
    bytes: `phone,lang\n${n(1)},it-IT\n${n(2)},EN_us\n${n(3)},Italiano\n`,
    expected: accepted(n(1), n(2), n(3)),
  },
  {
    name: 'a language nobody speaks here',
    bytes: `phone,lang\n${n(1)},fr\n`,
    expected: rejected('2:language:language.unknown'),
  },
  {
    name: 'addresses that are none',
    bytes: `phone,email\n${n(1)},a@b\n${n(2)},a b@c.it\n${n(3)},a@c..it\n${n(4)},@c.it\n`,
    expected: {
      counts: [4, 0, 4, 0, 0],
      faults: [2, 3, 4, 5].map((line) => `${line}:email:email.not_valid`),
    },
  },
  {
    name: 'a zone that is none, and one in the wrong case',
    bytes: `phone,tz\n${n(1)},CET+1\n${n(2)},europe/rome\n${n(3)},Europe/Rome\n`,
    expected: {
      counts: [3, 1, 2, 0, 0],
      faults: ['2:time_zone:time_zone.unknown', '3:time_zone:time_zone.unknown'],
    },
  },
  {
    name: 'every cell wrong at once',
    bytes: 'phone,email,lang,dnc\n12,x,y,z\n',
    expected: rejected(
      '2:phone_number:phone.needs_country',
      '2:email:email.not_valid',
      '2:language:language.unknown',
      '2:do_not_call:boolean.unknown',
    ),
  },
  {
    name: 'zero bytes',
    bytes: `phone,note\n${n(1)},a\0b\n${n(2)},x\n`,
    expected: { counts: [2, 1, 1, 0, 0], faults: ['2:row:row.nul'] },
  },
  {
    name: 'what COPY would take for its own',
    bytes: `phone,id\n${n(1)},a\\tb\\N\\.\n${n(2)},"tab\there"\n${n(3)},\\N\n`,
    expected: accepted(n(1), n(2), n(3)),
  },
  {
    name: 'half a surrogate pair',
    bytes: Buffer.from(`phone,note\n${n(1)},\xed\xa0\x80\n`, 'latin1'),
    expected: one,
  },
  {
    name: 'cells too many and too few',
    bytes: `phone,note\n${n(1)},a,b\n${n(2)}\n${n(3)},x,\n`,
    expected: { counts: [3, 1, 2, 0, 0], faults: ['2:row:row.too_many_cells', '3:row:row.too_few_cells'] },
  },
  {
    name: 'an id longer than an id',
    bytes: `phone,id\n${n(1)},${'x'.repeat(201)}\n`,
    expected: rejected('2:external_contact_id:external_contact_id.too_long'),
  },
  {
    name: 'a cell longer than a spreadsheet holds',
    bytes: `phone,note\n${n(1)},${'x'.repeat(32_768)}\n`,
    expected: { code: 'import.cell_too_long' },
  },
  {
    name: 'SQL and markup in every cell',
    bytes: `phone,id\n${n(1)},'); drop table contact;--\n${n(2)},<script>alert(1)</script>\n`,
    expected: accepted(n(1), n(2)),
  },
];
