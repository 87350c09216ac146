import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { PassThrough, Transform, type Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type pg from 'pg';
import { EXPORT_COLUMNS, exportQuery } from './export-columns.ts';
import type { Figures } from './write-csv.ts';

const BATCH = 1_000;

/** Writes the export as a workbook, row by row; resolves when the last byte was taken, with the count and the hash. */
export async function writeXlsx(
  client: pg.PoolClient,
  campaign_id: string,
  body: Writable,
): Promise<Figures> {
  const hash = createHash('sha256');
  const hashing = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      done(null, chunk);
    },
  });
  const zip = new PassThrough();
  const sent = pipeline(zip, hashing, body);
  const [rows] = await Promise.all([writeRows(client, campaign_id, zip), sent]);
  return { rows, sha256: hash.digest('hex') };
}

async function writeRows(client: pg.PoolClient, campaign_id: string, zip: PassThrough): Promise<number> {
  const names = EXPORT_COLUMNS.map(([name]) => name);
  // Loaded by the first workbook that anybody asks for: it is a quarter of all modules that a start would load.
  const { default: exceljs } = await import('exceljs');
  const workbook = new exceljs.stream.xlsx.WorkbookWriter({ stream: zip, useSharedStrings: false });
  const sheet = workbook.addWorksheet('contacts');
  sheet.addRow(names).commit();
  let rows = 0;
  await client.query(`declare export no scroll cursor for ${exportQuery(campaign_id)}`);
  for (;;) {
    const batch = await client.query<Record<string, unknown>>(`fetch ${BATCH} from export`);
    for (const row of batch.rows) sheet.addRow(names.map((name) => row[name])).commit();
    rows += batch.rows.length;
    if (batch.rows.length < BATCH) break;
    // The workbook does not wait for its reader, so we do; a reader that went away ends the wait with its error.
    if (zip.writableNeedDrain) await once(zip, 'drain');
    if (zip.destroyed) throw new Error('the reader went away');
  }
  await workbook.commit();
  return rows;
}
