import type { Db } from '../../infra/db/database.ts';
import type { CsvRecord } from '../csv/csv-records.ts';
import type { RowProblem } from './read-row.ts';

export type ImportError = RowProblem & { line_number: number };
export type ImportErrors = {
  /** The first hundred, for the answer. */
  first: ImportError[];
  add(record: CsvRecord, problems: RowProblem[]): Promise<void>;
  flush(): Promise<void>;
};

const SHOWN = 100;
const BATCH = 500;
const LONGEST_CELL = 1_000;

/** Keeps every row error in the database, a batch at a time, so that a file of nothing but errors stays small here. */
export function importErrors(db: Db, contact_import_id: string): ImportErrors {
  const first: ImportError[] = [];
  let waiting: Parameters<typeof store>[1] = [];
  const flush = async () => {
    const batch = waiting;
    waiting = [];
    await store(db, batch);
  };
  return {
    first,
    flush,
    add: async ({ line_number, cells }, problems) => {
      const kept = cells.map((cell) => cell.replaceAll('\0', '').slice(0, LONGEST_CELL));
      problems.forEach(({ field, code, value }, position) => {
        const clean = value.replaceAll('\0', '');
        if (first.length < SHOWN) first.push({ line_number, field, code, value: clean });
        waiting.push({ contact_import_id, line_number, position, field, code, value: clean, cells: kept });
      });
      if (waiting.length >= BATCH) await flush();
    },
  };
}

type Row = {
  contact_import_id: string;
  line_number: number;
  position: number;
  field: string;
  code: string;
  value: string;
  cells: string[];
};

async function store(db: Db, rows: Row[]): Promise<void> {
  if (rows.length > 0) await db.insertInto('contact_import_error').values(rows).execute();
}
