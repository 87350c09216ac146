import type { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type pg from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import { csvLines } from './csv-lines.ts';
import { exportQuery } from './export-columns.ts';

export type Figures = { rows: number; sha256: string };

/** Writes the export as CSV (RFC 4180) by COPY; resolves when the last byte was taken, with the count and the hash. */
export async function writeCsv(client: pg.PoolClient, campaign_id: string, body: Writable): Promise<Figures> {
  const lines = csvLines();
  const source = client.query(
    copyTo(`copy (${exportQuery(campaign_id)}) to stdout with (format csv, header)`),
  );
  await pipeline(source, lines.stream, body);
  return lines.figures();
}
