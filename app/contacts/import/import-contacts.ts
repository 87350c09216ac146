import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type pg from 'pg';
import { appendAudit } from '../../audit/append-audit.ts';
import { requireRole } from '../../auth/require-role.ts';
import { type Actor, MANAGERS } from '../../auth/user.ts';
import { AppError } from '../../errors.ts';
import { type Db, type Tx, transactionOnClient } from '../../infra/db/database.ts';
import type { Column } from '../csv/columns.ts';
import type { Delimiter } from '../csv/csv-records.ts';
import type { RecordLimits } from '../csv/within-limits.ts';
import type { CountryCode } from '../phone.ts';
import {
  beginImport,
  type Finished,
  failImport,
  findSameFile,
  finishImport,
  followCampaignZone,
  reportProgress,
} from './contact-import.ts';
import { copyContacts } from './copy-contacts.ts';
import { EXCLUDE_LISTED_MEANWHILE, excludeDoNotCall } from './exclude-do-not-call.ts';
import { type ImportErrors, importErrors } from './import-errors.ts';
import { numberLookUp } from './look-up-numbers.ts';
import { readFile } from './read-file.ts';
import type { RowRules } from './read-row.ts';
import { contactTaker } from './take-contacts.ts';
import { zoneSetIds } from './zone-set-ids.ts';

export type ImportContext = {
  db: Db;
  pool: pg.Pool;
  now(): Date;
  phoneHash(phone_number: string): Buffer;
  config: { upload_limits: RecordLimits };
};

export type ContactUpload = {
  campaign_id: string;
  /** Chosen by the client to follow the progress, else made here. */
  import_id?: string | undefined;
  file: AsyncIterable<Buffer>;
  file_name: string;
  delimiter: Delimiter;
  default_country: CountryCode | null;
  mapping?: Partial<Record<Column, string>> | undefined;
  actor: Pick<Actor, 'user_id' | 'role'>;
};

export type ImportResult = {
  import_id: string;
  total_rows: number;
  accepted_count: number;
  rejected_count: number;
  duplicate_count: number;
  excluded_count: number;
  same_file_as: string | null;
  first_errors: ImportErrors['first'];
};

const CONNECTIONS_PER_IMPORT = 4;
const TURN_WAIT_MS = 2_000;
const LOCK_NOT_AVAILABLE = '55P03'; // SQLSTATE

/**
 * Reads a contact file from the socket straight into a campaign, all or nothing: contacts are visible from the commit on,
 * and a crash before it leaves none. Accepted + rejected + duplicate = data rows. Throws `import.*`, `campaign.closed`.
 */
export async function importContacts(ctx: ImportContext, upload: ContactUpload): Promise<ImportResult> {
  requireRole(upload.actor, MANAGERS);
  return withPlace(ctx.pool, () => enterAndLoad(ctx, upload));
}

const inProgress = new WeakMap<pg.Pool, number>();

/** An import holds one connection throughout and asks for another now and then; a few at once leave room for the rest. */
async function withPlace<T>(pool: pg.Pool, work: () => Promise<T>): Promise<T> {
  const running = inProgress.get(pool) ?? 0;
  const places = Math.max(1, Math.floor(pool.options.max / CONNECTIONS_PER_IMPORT));
  if (running >= places) {
    throw new AppError(
      'request.too_many',
      'Several files are being imported already; try again in a moment.',
      {
        extra: { limit_imports: places },
      },
    );
  }
  inProgress.set(pool, running + 1);
  try {
    return await work();
  } finally {
    inProgress.set(pool, inProgress.get(pool)! - 1);
  }
}

async function enterAndLoad(ctx: ImportContext, upload: ContactUpload): Promise<ImportResult> {
  const { campaign_id, actor } = upload;
  const begun = await ctx.db
    .transaction()
    .execute((tx) => beginImport(tx, { ...upload, user_id: actor.user_id }, ctx.now()));
  const job = { ...upload, ...begun, began_at: ctx.now() };
  try {
    return await transactionOnClient(ctx.pool, async (tx, client) => {
      await takeTurn(tx, campaign_id);
      const { first_errors, ...done } = await load(ctx, client, tx, job);
      await followCampaignZone(tx, job);
      await finishImport(tx, begun.import_id, done, ctx.now());
      const { sha256: _hash, bytes: _bytes, columns: _columns, ...counts } = done;
      await audit(tx, job, counts, ctx.now());
      return { import_id: begun.import_id, ...counts, first_errors };
    });
  } catch (error) {
    await failImport(ctx.db, begun.import_id, error, ctx.now());
    throw error;
  }
}

async function audit(tx: Tx, job: Job, counts: Record<string, unknown>, now: Date): Promise<void> {
  const changes = Object.fromEntries(
    Object.entries(counts).map(([name, value]) => [name, { previous: null, new: value }]),
  );
  const entry = { action: 'contacts.imported', entity: 'contact_import', entity_id: job.import_id, changes };
  await appendAudit(tx, { at: now, user_id: job.actor.user_id, ...entry });
}

/**
 * One import a campaign at a time: two files at once would each call the other's rows new. The turn of an upload that has
 * just broken off is free a moment later, when the database has noticed, so it is waited for that long.
 */
async function takeTurn(tx: Tx, campaign_id: string): Promise<void> {
  try {
    await sql`set local lock_timeout = ${sql.lit(`${TURN_WAIT_MS}ms`)}`.execute(tx);
    await sql`select pg_advisory_xact_lock(hashtextextended(${campaign_id}, 1))`.execute(tx);
    await sql`set local lock_timeout to default`.execute(tx);
    // From here on this transaction takes as long as the upload does.
    await sql`set local statement_timeout = 0`.execute(tx);
    await sql`set local idle_in_transaction_session_timeout = 0`.execute(tx);
  } catch (cause) {
    if ((cause as { code?: string }).code !== LOCK_NOT_AVAILABLE) throw cause;
    throw new AppError('import.already_running', 'Another file is being imported into this campaign.', {
      cause,
    });
  }
}

type Job = ContactUpload & { import_id: string; time_zone: string | null; began_at: Date };

async function load(ctx: ImportContext, client: pg.PoolClient, tx: Tx, job: Job) {
  const { import_id, campaign_id, began_at } = job;
  const errors = importErrors(ctx.db, import_id);
  const hash = createHash('sha256');
  const lookUp = await numberLookUp(ctx, campaign_id);
  const copy = copyContacts(client, { campaign_id, import_id, now: began_at });
  const taker = contactTaker(lookUp, zoneSetIds(ctx.db), copy);
  const fallback: RowRules['fallback'] = job.time_zone === null ? 'none' : 'campaign';
  const report = (progress: { bytes: number; rows: number }) =>
    reportProgress(ctx.db, import_id, { ...progress, now: ctx.now() });
  const read = await readFile({
    ...job,
    fallback,
    limits: ctx.config.upload_limits,
    hash,
    errors,
    take: taker.take,
    report,
  }).catch((error: Error) => {
    copy.abort(error);
    throw error;
  });
  await copy.end();
  await errors.flush();
  const scope = { campaign_id, import_id, now: began_at, phoneHash: ctx.phoneHash };
  const later = await excludeLater(client, scope, taker.doNotCall);
  const sha256 = hash.digest('hex');
  const done: Finished = {
    total_rows: read.rows,
    accepted_count: taker.counts.accepted,
    rejected_count: read.rejected,
    duplicate_count: read.rows - read.rejected - taker.counts.accepted,
    excluded_count: taker.counts.excluded + later,
    same_file_as: await findSameFile(tx, campaign_id, sha256),
    sha256,
    bytes: read.bytes,
    columns: read.columns,
  };
  return { ...done, first_errors: errors.first };
}

/** What the rows copied so far could not know of: later rows of the same file, and the list as it is by now. */
async function excludeLater(
  client: pg.PoolClient,
  scope: Parameters<typeof excludeDoNotCall>[1],
  numbers: readonly number[],
): Promise<number> {
  const { campaign_id, import_id, now } = scope;
  const named = await excludeDoNotCall(client, scope, numbers);
  const { rowCount } = await client.query(EXCLUDE_LISTED_MEANWHILE, [campaign_id, import_id, now]);
  await client.query("select pg_notify('scheduler', '')");
  return named + (rowCount ?? 0);
}
