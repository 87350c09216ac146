import { PassThrough, type Readable } from 'node:stream';
import type pg from 'pg';
import { requireRole } from '../auth/require-role.ts';
import { type Actor, MANAGERS } from '../auth/user.ts';
import { findCampaign } from '../campaigns/find-campaign.ts';
import type { Db } from '../infra/db/database.ts';
import { exportFileName } from './export-file-name.ts';
import { recordExportEnd, recordExportStart } from './record-export.ts';
import { type Figures, writeCsv } from './write-csv.ts';
import { writeXlsx } from './write-xlsx.ts';

type Ctx = { db: Db; pool: pg.Pool; now(): Date };
export type ExportRequest = {
  campaign_id: string;
  format: 'csv' | 'xlsx';
  reason: string | null;
  actor: Actor;
};
export type Export = { body: Readable; content_disposition: string; content_type: string };

const CONTENT_TYPES = {
  csv: 'text/csv; charset=utf-8; header=present',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
};
const WRITERS = { csv: writeCsv, xlsx: writeXlsx };

/**
 * Streams a campaign's terminal contacts from one snapshot in constant memory. The export is on record and audited
 * before its first byte. A failure midway destroys the stream, so that a cut file never looks whole.
 */
export async function exportCampaign(ctx: Ctx, request: ExportRequest): Promise<Export> {
  const { campaign_id, format } = request;
  requireRole(request.actor, MANAGERS);
  const campaign = await findCampaign(ctx.db, campaign_id);
  const started = { ...request, at: ctx.now() };
  const id = await recordExportStart(ctx.db, started);
  const body = new PassThrough();
  const end = (figures: Figures | null) =>
    recordExportEnd(ctx.db, { ...request, id, figures, at: ctx.now() });
  write(ctx.pool, request, body)
    .then(end, async (error: Error) => {
      body.destroy(error);
      await end(null);
    })
    .catch(() => {}); // the record stays `running`: nobody knows how this export ended
  return {
    body,
    content_disposition: exportFileName(campaign.name, started.at, format),
    content_type: CONTENT_TYPES[format],
  };
}

async function write(
  pool: pg.Pool,
  { campaign_id, format }: ExportRequest,
  body: PassThrough,
): Promise<Figures> {
  const client = await pool.connect();
  // A server that ends between two fetches is heard of here first; the next query then fails and ends the export.
  const note = () => {};
  client.on('error', note);
  try {
    await client.query('begin transaction isolation level repeatable read read only');
    // A million rows to a slow reader outlive the usual limits; they count again after this transaction.
    await client.query(
      'set local statement_timeout = 0; set local idle_in_transaction_session_timeout = 0; set local datestyle to iso',
    );
    const figures = await WRITERS[format](client, campaign_id, body);
    await client.query('commit');
    client.off('error', note);
    client.release();
    return figures;
  } catch (error) {
    // A connection that broke in the middle of a COPY is of no further use.
    client.release(true);
    throw error;
  }
}
