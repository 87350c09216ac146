import { describe, expect, it } from 'vitest';
import { rejectedRows } from './rejected-rows.ts';

const fault = (line_number: number, field: string, value: string) => ({
  line_number,
  field,
  value,
  code: 'c',
  error: `${field} is wrong`,
});

describe('the rejected rows', () => {
  const csv = 'Telefono,E-mail,error\r\n12,a@example.net,phone_number: short\r\n"+39, x",b,two\r\n';

  it('have their faults in their cells, whatever the columns are called', () => {
    const { columns, rows } = rejectedRows(csv, [
      fault(3, 'phone_number', '12'),
      fault(7, 'phone_number', '+39, x'),
      fault(7, 'e_mail', 'b'),
    ]);
    expect(columns).toEqual(['Telefono', 'E-mail']);
    expect(rows.map(({ line_number, cells }) => [line_number, cells])).toEqual([
      [3, ['12', 'a@example.net']],
      [7, ['+39, x', 'b']],
    ]);
    expect(rows[0]?.faults.map(({ column }) => column)).toEqual([0]);
    expect(rows[1]?.faults.map(({ column }) => column)).toEqual([0, 1]);
  });

  it('keep what concerns no cell', () => {
    const { rows } = rejectedRows(csv, [fault(3, 'language', '')]);
    expect(rows[0]?.faults).toEqual([{ column: -1, error: 'language is wrong' }]);
  });
});
