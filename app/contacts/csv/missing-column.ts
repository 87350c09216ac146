import { AppError } from '../../errors.ts';
import { COLUMNS, type Column } from './columns.ts';
import type { CsvRecord } from './csv-records.ts';

const LONGEST_NAME = 100;
const MOST_NAMES = 100;

/** What the file has and what it could have: enough to rename a column or to map it. */
export function missingColumn(header: CsvRecord, missing: readonly Column[]): AppError {
  const found = header.cells.slice(0, MOST_NAMES).map((cell) => cell.trim().slice(0, LONGEST_NAME));
  const names = missing.join(', ');
  return new AppError(
    'import.missing_column',
    `The file has no column ${names}. Columns found: ${found.join(', ')}. Columns accepted: ${COLUMNS.join(', ')}.`,
    {
      italian: `Al file manca la colonna ${names}. Colonne trovate: ${found.join(', ')}. Colonne accettate: ${COLUMNS.join(', ')}.`,
      errors: missing.map((field) => ({ field, message: found.join(', ') })),
      extra: { columns_found: found, columns_accepted: [...COLUMNS] },
    },
  );
}
