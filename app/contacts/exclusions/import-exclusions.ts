import { appendAudit } from '../../audit/append-audit.ts';
import { requireRole } from '../../auth/require-role.ts';
import { type Actor, MANAGERS } from '../../auth/user.ts';
import { AppError } from '../../errors.ts';
import type { Db } from '../../infra/db/database.ts';
import { newId } from '../../infra/db/id.ts';
import { type ColumnPositions, findColumns } from '../csv/columns.ts';
import { type CsvRecord, csvRecords, type Delimiter } from '../csv/csv-records.ts';
import { decodeText } from '../csv/decode-text.ts';
import { missingColumn } from '../csv/missing-column.ts';
import { type RecordLimits, withinLimits } from '../csv/within-limits.ts';
import { type CountryCode, readPhone } from '../phone.ts';
import { excludeNumbers } from './exclude-numbers.ts';

type Ctx = {
  db: Db;
  now(): Date;
  phoneHash(phone_number: string): Buffer;
  config: { upload_limits: RecordLimits };
};
type Upload = {
  file: AsyncIterable<Buffer>;
  delimiter: Delimiter;
  default_country: CountryCode | null;
  actor: Pick<Actor, 'user_id' | 'role'>;
};
type RowError = { line_number: number; field: string; code: string; value: string };

const SHOWN = 100;
const BATCH = 500;

/** Puts every number of a file on the list, everywhere; batch by batch, so that what was read before a fault counts. */
export async function importExclusions(ctx: Ctx, { file, delimiter, default_country, actor }: Upload) {
  requireRole(actor, MANAGERS);
  const counts = {
    total_rows: 0,
    accepted_count: 0,
    rejected_count: 0,
    duplicate_count: 0,
    excluded_count: 0,
  };
  const errors: RowError[] = [];
  let positions: ColumnPositions | null = null;
  const all = csvRecords(decodeText(file), delimiter);
  for await (const batch of withinLimits(all, ctx.config.upload_limits)) {
    let records = batch;
    if (positions === null && batch[0]) {
      positions = positionsOf(batch[0]);
      records = batch.slice(1);
    }
    for (let from = 0; from < records.length; from += BATCH) {
      const column = positions?.phone_number ?? 0;
      await takeBatch(ctx, records.slice(from, from + BATCH), { column, default_country, counts, errors });
    }
  }
  if (positions === null) throw new AppError('import.unreadable', 'The file is empty.');
  const import_id = newId();
  await ctx.db.transaction().execute((tx) => {
    const changes = { accepted_count: { previous: null, new: counts.accepted_count } };
    const entry = {
      action: 'exclusion.imported',
      entity: 'exclusion_list_entry',
      entity_id: import_id,
      changes,
    };
    return appendAudit(tx, { at: ctx.now(), user_id: actor.user_id, ...entry });
  });
  return { import_id, ...counts, excluded_count: counts.accepted_count, errors };
}

function positionsOf(header: CsvRecord): ColumnPositions {
  const { positions, missing } = findColumns(header.cells);
  if (missing.length > 0) throw missingColumn(header, missing);
  return positions;
}

type Taking = {
  column: number;
  default_country: CountryCode | null;
  counts: { total_rows: number; accepted_count: number; rejected_count: number; duplicate_count: number };
  errors: RowError[];
};

/** One batch in one transaction: its numbers count from its commit on. */
async function takeBatch(ctx: Ctx, records: CsvRecord[], taking: Taking): Promise<void> {
  const { column, default_country, counts, errors } = taking;
  const numbers = new Set<string>();
  for (const { cells, line_number } of records) {
    const value = (cells[column] ?? '').trim();
    const phone = readPhone(value, default_country);
    if ('problem' in phone) {
      counts.rejected_count += 1;
      if (errors.length < SHOWN)
        errors.push({ line_number, field: 'phone_number', code: phone.problem, value });
    } else numbers.add(phone.phone_number);
    counts.total_rows += 1;
  }
  if (numbers.size === 0) return countDuplicates(counts);
  const listed = [...numbers].map((phone_number) => ({
    phone_number,
    phone_hash: ctx.phoneHash(phone_number),
  }));
  const created = await ctx.db.transaction().execute((tx) => excludeNumbers(tx, listed, ctx.now()));
  counts.accepted_count += created.size;
  countDuplicates(counts);
}

function countDuplicates(counts: Taking['counts']): void {
  counts.duplicate_count = counts.total_rows - counts.accepted_count - counts.rejected_count;
}
