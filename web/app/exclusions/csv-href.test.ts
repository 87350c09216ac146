import { expect, it } from 'vitest';
import { csvHref } from './csv-href.ts';

it('quotes what must be quoted, keeps a plus, and defuses what a spreadsheet would run', () => {
  const rows = [
    ['+393471234567', 'too "short", it seems'],
    ['=1+1', 'no number'],
  ];
  const [, text = ''] = csvHref(['phone_number', 'error'], rows).split(',', 2);
  const file = decodeURIComponent(
    csvHref(['phone_number', 'error'], rows).slice('data:text/csv;charset=utf-8,'.length),
  );
  expect(text).not.toBe('');
  expect(file.replace('\uFEFF', '').split('\r\n')).toEqual([
    'phone_number,error',
    '+393471234567,"too ""short"", it seems"',
    "'=1+1,no number",
    '',
  ]);
});
