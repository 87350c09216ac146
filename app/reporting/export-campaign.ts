import { createHash } from 'node:crypto';
import { PassThrough, type Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import exceljs from 'exceljs';
import type pg from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import { appendAudit } from '../audit/append-audit.ts';
import type { Actor } from '../auth/user.ts';
import { findCampaign } from '../campaigns/find-campaign.ts';
import type { Db } from '../infra/db/database.ts';
import { newId } from '../infra/db/id.ts';
import { csvLines } from './csv-lines.ts';
import { EXPORT_COLUMNS, exportQuery } from './export-columns.ts';

type Ctx = { db: Db; pool: pg.Pool; now(): Date };
export type ExportRequest = {
  campaign_id: string;
  format: 'csv' | 'xlsx';
  reason: string | null;
  actor: Actor;
};
export type Export = { body: Readable; file_name: string; content_type: string };
type Figures = { rows: number; sha256: string };

/**
 * Streams a campaign's terminal contacts from one snapshot in constant memory. The export is on record and audited
 * before its first byte. A failure midway destroys the stream, so that a cut file never looks whole.
 */
export async function exportCampaign(ctx: Ctx, request: ExportRequest): Promise<Export> {
  const { campaign_id, format } = request;
  const campaign = await findCampaign(ctx.db, campaign_id);
  const id = await recordStart(ctx, request);
  const body = new PassThrough();
  const client = await ctx.pool.connect();
  const write = format === 'csv' ? writeCsv : writeXlsx;
  write(client, campaign_id, body)
    .then(
      (figures) => recordEnd(ctx, id, figures),
      async (error: Error) => {
        body.destroy(error);
        await recordEnd(ctx, id, null);
      },
    )
    // A client that broke in the middle of a COPY is of no further use.
    .finally(() => client.release(body.errored !== null || !body.readableEnded))
    .catch(() => {});
  return { body, file_name: fileName(campaign.name, ctx.now(), format), content_type: CONTENT_TYPES[format] };
}

const CONTENT_TYPES = {
  csv: 'text/csv; charset=utf-8; header=present',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
};

async function writeCsv(client: pg.PoolClient, campaign_id: string, body: PassThrough): Promise<Figures> {
  const lines = csvLines();
  // An export of a million rows outlives the usual limit of a statement.
  await client.query('set statement_timeout = 0');
  const source = client.query(
    copyTo(`copy (${exportQuery(campaign_id)}) to stdout with (format csv, header)`),
  );
  await pipeline(source, lines.stream, body);
  return lines.figures();
}

const BATCH = 1_000;

async function writeXlsx(client: pg.PoolClient, campaign_id: string, body: PassThrough): Promise<Figures> {
  const hash = createHash('sha256');
  const hashed = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      done(null, chunk);
    },
  });
  const delivered = pipeline(hashed, body);
  const workbook = new exceljs.stream.xlsx.WorkbookWriter({ stream: hashed, useSharedStrings: false });
  const sheet = workbook.addWorksheet('contacts');
  sheet.addRow(EXPORT_COLUMNS.map(([name]) => name)).commit();
  let rows = 0;
  await client.query('begin transaction isolation level repeatable read read only');
  await client.query(`declare export no scroll cursor for ${exportQuery(campaign_id)}`);
  for (;;) {
    const batch = await client.query<Record<string, unknown>>(`fetch ${BATCH} from export`);
    for (const row of batch.rows) sheet.addRow(EXPORT_COLUMNS.map(([name]) => row[name])).commit();
    rows += batch.rows.length;
    if (batch.rows.length < BATCH) break;
    if (body.destroyed) throw new Error('the client went away');
  }
  await client.query('commit');
  await Promise.all([workbook.commit(), delivered]);
  return { rows, sha256: hash.digest('hex') };
}

async function recordStart(
  { db, now }: Ctx,
  { campaign_id, format, reason, actor }: ExportRequest,
): Promise<string> {
  const id = newId();
  const created_at = now();
  await db.transaction().execute(async (tx) => {
    await tx
      .insertInto('export')
      .values({ id, campaign_id, user_id: actor.user_id, format, reason, created_at })
      .execute();
    const changes = { format: { previous: null, new: format }, reason: { previous: null, new: reason } };
    const entry = { action: 'campaign.exported', entity: 'campaign', entity_id: campaign_id, changes };
    await appendAudit(tx, { at: created_at, user_id: actor.user_id, ...entry });
  });
  return id;
}

async function recordEnd({ db, now }: Ctx, id: string, figures: Figures | null): Promise<void> {
  const status = figures ? ('completed' as const) : ('failed' as const);
  await db
    .updateTable('export')
    .set({ ...figures, status, finished_at: now() })
    .where('id', '=', id)
    .execute();
}

/** The campaign and the moment, in letters that every file system takes. */
function fileName(campaign: string, at: Date, format: string): string {
  const name = campaign
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[^A-Za-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 60)
    .toLowerCase();
  return `${name || 'campaign'}-${at.toISOString().slice(0, 19).replaceAll(':', '')}.${format}`;
}
