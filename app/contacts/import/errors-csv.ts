import type { Db } from '../../infra/db/database.ts';
import { problemText } from './problem-texts.ts';

const BATCH = 1_000;

/** The rejected rows as they came, with what is wrong with them: to be mended and uploaded again. CSV, line by line. */
export async function* errorsCsv(db: Db, import_id: string, language: 'en' | 'it'): AsyncGenerator<string> {
  const { columns } = await db
    .selectFrom('contact_import')
    .select('columns')
    .where('id', '=', import_id)
    .executeTakeFirstOrThrow();
  yield line([...columns, 'error']);
  let after = 0;
  for (;;) {
    const rows = await db
      .selectFrom('contact_import_error')
      .select(['line_number', 'field', 'code', 'cells'])
      .where('contact_import_id', '=', import_id)
      .where('line_number', '>', after)
      .orderBy('line_number')
      .orderBy('position')
      .limit(BATCH)
      .execute();
    // A line's faults may be cut by the batch; the last line is left for the next one, unless it is all there is.
    const last = rows.at(-1)?.line_number ?? 0;
    const isLast = rows.length < BATCH;
    const whole = isLast ? rows : rows.filter((row) => row.line_number !== last);
    for (const [line_number, faults] of Map.groupBy(whole, (row) => row.line_number)) {
      const texts = faults.map(({ field, code }) => `${field}: ${problemText(code, language)}`);
      const cells = columns.map((_name, at) => faults[0]?.cells[at] ?? '');
      yield line([...cells, texts.join(' ')]);
      after = line_number;
    }
    if (isLast) return;
  }
}

function line(cells: string[]): string {
  return `${cells.map(quote).join(',')}\r\n`;
}

// What a spreadsheet would run as a formula gets an apostrophe; the import takes it away again. Phone numbers stay.
function quote(cell: string): string {
  const isFormula = /^[=+\-@\t\r]/.test(cell) && !/^\+?[\d\s().-]+$/.test(cell);
  const safe = isFormula ? `'${cell}` : cell;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
