import { AppError } from '../../errors.ts';
import type { CsvRecord } from './csv-records.ts';

export type RecordLimits = { rows: number; cell_characters: number };

// More than any list of people has; each of them would be looked at for every row.
const MOST_COLUMNS = 1_000;

/** The same records, until one is beyond what this installation takes; then an error that says which and how much. */
export async function* withinLimits(
  batches: AsyncIterable<CsvRecord[]>,
  { rows, cell_characters }: RecordLimits,
): AsyncGenerator<CsvRecord[]> {
  let count = -1; // the header is no row
  for await (const batch of batches) {
    if (count === -1 && batch[0]) checkColumns(batch[0]);
    for (const record of batch) {
      for (const cell of record.cells)
        if (cell.length > cell_characters) throw tooLong(record, cell_characters);
    }
    count += batch.length;
    if (count > rows) throw tooManyRows(rows);
    yield batch;
  }
}

function checkColumns({ cells }: CsvRecord): void {
  if (cells.length <= MOST_COLUMNS) return;
  throw new AppError('import.too_many_columns', `The file has more than ${MOST_COLUMNS} columns.`, {
    italian: `Il file ha più di ${MOST_COLUMNS} colonne.`,
    extra: { limit_columns: MOST_COLUMNS },
  });
}

function tooLong({ line_number }: CsvRecord, limit_characters: number): AppError {
  const detail = `A cell of the row at line ${line_number} is longer than ${limit_characters} characters.`;
  return new AppError('import.cell_too_long', detail, {
    italian: `Una cella della riga ${line_number} supera i ${limit_characters} caratteri.`,
    extra: { line_number, limit_characters },
  });
}

function tooManyRows(limit_rows: number): AppError {
  return new AppError('import.too_many_rows', `The file has more than ${limit_rows} rows.`, {
    italian: `Il file ha più di ${limit_rows} righe.`,
    extra: { limit_rows },
  });
}
