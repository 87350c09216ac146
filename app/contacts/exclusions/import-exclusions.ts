import { appendAudit } from '../../audit/append-audit.ts';
import { requireRole } from '../../auth/require-role.ts';
import { type Actor, MANAGERS } from '../../auth/user.ts';
import { AppError } from '../../errors.ts';
import type { Db } from '../../infra/db/database.ts';
import { newId } from '../../infra/db/id.ts';
import { type ColumnPositions, findColumns } from '../csv/columns.ts';
import { type CsvRecord, csvRecords, type Delimiter } from '../csv/csv-records.ts';
import { decodeText } from '../csv/decode-text.ts';
import { type CountryCode, readPhone } from '../phone.ts';
import { excludeNumber } from './exclude-number.ts';

type Ctx = { db: Db; now(): Date; phoneHash(phone_number: string): Buffer };
type Upload = {
  file: AsyncIterable<Buffer>;
  delimiter: Delimiter;
  default_country: CountryCode | null;
  actor: Pick<Actor, 'user_id' | 'role'>;
};
type RowError = { line_number: number; field: string; code: string; value: string };

const SHOWN = 100;

/** Puts every number of a file on the list, everywhere; row by row, so that what was read before a fault counts. */
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
  for await (const batch of csvRecords(decodeText(file), delimiter)) {
    let records = batch;
    if (positions === null && batch[0]) {
      positions = positionsOf(batch[0]);
      records = batch.slice(1);
    }
    for (const record of records) {
      counts.total_rows += 1;
      const text = (record.cells[positions?.phone_number ?? 0] ?? '').trim();
      const phone = readPhone(text, default_country);
      if ('problem' in phone) {
        counts.rejected_count += 1;
        const error = {
          line_number: record.line_number,
          field: 'phone_number',
          code: phone.problem,
          value: text,
        };
        if (errors.length < SHOWN) errors.push(error);
      } else if (await exclude(ctx, phone.phone_number)) counts.accepted_count += 1;
      else counts.duplicate_count += 1;
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
  if (missing.length > 0) {
    throw new AppError('import.missing_column', 'The file has no column phone_number.', {
      errors: [{ field: 'phone_number', message: `Columns found: ${header.cells.join(', ').slice(0, 500)}` }],
    });
  }
  return positions;
}

async function exclude(ctx: Ctx, phone_number: string): Promise<boolean> {
  const phone_hash = ctx.phoneHash(phone_number);
  const exclusion = {
    phone_number,
    phone_hash,
    campaign_id: null,
    reason: null,
    source: 'import' as const,
    now: ctx.now(),
  };
  const { created } = await ctx.db.transaction().execute((tx) => excludeNumber(tx, exclusion));
  return created;
}
