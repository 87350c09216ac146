import { parseCsv } from '../csv.ts';
import { currentLanguage } from '../i18n/i18n.ts';
import type { ImportReport } from './model.ts';
import { readProblem } from './problem.ts';

/** A row that must be mended: its cells as they came, and what is wrong with which of them. */
export type RejectedRow = {
  line_number: number;
  cells: string[];
  /** By the place of the cell; -1 for what concerns the whole row. */
  faults: { column: number; error: string }[];
};
export type RejectedRows = { columns: string[]; rows: RejectedRow[] };
type RowFault = ImportReport['errors'][number];

/** The rejected rows of an import that its report tells of, with their cells. */
export async function fetchRejectedRows({ import_id, errors }: ImportReport): Promise<RejectedRows> {
  const answer = await fetch(`/api/imports/${import_id}/errors.csv`, {
    headers: { 'accept-language': currentLanguage() },
  });
  const text = await answer.text();
  if (!answer.ok) throw readProblem(answer.status, text);
  return rejectedRows(text, errors);
}

/** Puts the faults of a report into the cells of its file of rejected rows: both are in the order of their lines. */
export function rejectedRows(csv: string, errors: readonly RowFault[]): RejectedRows {
  const [header = [], ...records] = parseCsv(csv);
  const columns = header.slice(0, -1); // the last one says what is wrong
  const byLine = [...Map.groupBy(errors, ({ line_number }) => line_number)];
  const rows = byLine.map(([line_number, faults], at) => {
    const cells = columns.map((_name, column) => records[at]?.[column] ?? '');
    return {
      line_number,
      cells,
      faults: faults.map((fault) => ({ column: columnOf(fault, columns, cells), error: fault.error })),
    };
  });
  return { columns, rows };
}

/** The column by its name; one that is called otherwise in this file, by what stands in it. */
function columnOf({ field, value }: RowFault, columns: string[], cells: string[]): number {
  const named = columns.findIndex(
    (name) =>
      name
        .trim()
        .toLowerCase()
        .replace(/[\s-]+/g, '_') === field,
  );
  if (named >= 0) return named;
  return value === '' ? -1 : cells.findIndex((cell) => cell.trim() === value.trim());
}
