import type { Hash } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { AppError } from '../../errors.ts';
import { type Column, findColumns } from '../csv/columns.ts';
import { type CsvRecord, csvRecords, type Delimiter } from '../csv/csv-records.ts';
import { decodeText } from '../csv/decode-text.ts';
import { missingColumn } from '../csv/missing-column.ts';
import { type RecordLimits, withinLimits } from '../csv/within-limits.ts';
import type { CountryCode } from '../phone.ts';
import type { ImportErrors } from './import-errors.ts';
import { type RowContact, type RowRules, readRow } from './read-row.ts';

type Input = {
  file: AsyncIterable<Buffer>;
  delimiter: Delimiter;
  default_country: CountryCode | null;
  mapping?: Partial<Record<Column, string>> | undefined;
  fallback: RowRules['fallback'];
  limits: RecordLimits;
  hash: Hash;
  errors: ImportErrors;
  take(contacts: RowContact[]): Promise<void>;
  report(progress: { bytes: number; rows: number }): Promise<void>;
};

// How often the progress is told.
const PROGRESS_MS = 1_000;
// Rows that are read without a pause: a few milliseconds.
const SLICE = 200;

/** Reads the whole file piece by piece, hands the good rows on and the bad ones to the errors, and counts both. */
export async function readFile(input: Input) {
  const progress = { bytes: 0, rows: 0, rejected: 0, columns: [] as string[] };
  let rules: RowRules | null = null;
  let reportedMs = 0;
  const all = csvRecords(decodeText(counted(input, progress)), input.delimiter);
  for await (const batch of withinLimits(all, input.limits)) {
    let records = batch;
    if (rules === null) {
      const [header, ...rest] = batch;
      if (!header) continue;
      progress.columns = header.cells.map((cell) => cell.trim());
      rules = rulesOf(header, input);
      records = rest;
    }
    for (let from = 0; from < records.length; from += SLICE) {
      const slice = records.slice(from, from + SLICE);
      progress.rows += slice.length;
      progress.rejected += await takeBatch(input, slice, rules);
      // The same process answers other requests meanwhile.
      await nextTurn();
    }
    if (performance.now() - reportedMs > PROGRESS_MS) {
      reportedMs = performance.now();
      await input.report(progress);
    }
  }
  if (rules === null) throw new AppError('import.unreadable', 'The file is empty.');
  return progress;
}

async function* counted({ file, hash }: Input, progress: { bytes: number }): AsyncGenerator<Buffer> {
  for await (const chunk of file) {
    progress.bytes += chunk.length;
    hash.update(chunk);
    yield chunk;
  }
}

function rulesOf(header: CsvRecord, input: Input): RowRules {
  const { positions, missing } = findColumns(header.cells, input.mapping);
  if (missing.length > 0) throw missingColumn(header, missing);
  return {
    positions,
    width: header.cells.length,
    default_country: input.default_country,
    fallback: input.fallback,
  };
}

async function takeBatch(input: Input, records: CsvRecord[], rules: RowRules): Promise<number> {
  const good: RowContact[] = [];
  for (const record of records) {
    const row = readRow(record, rules);
    if ('contact' in row) good.push(row.contact);
    else await input.errors.add(record, row.problems);
  }
  await input.take(good);
  return records.length - good.length;
}
