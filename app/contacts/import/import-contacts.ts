import { createHash } from 'node:crypto';
import type pg from 'pg';
import { appendAudit } from '../../audit/append-audit.ts';
import { requireRole } from '../../auth/require-role.ts';
import { type Actor, MANAGERS } from '../../auth/user.ts';
import { isOpen } from '../../campaigns/campaign.ts';
import { findCampaign } from '../../campaigns/find-campaign.ts';
import { AppError } from '../../errors.ts';
import type { Db, Tx } from '../../infra/db/database.ts';
import { newId } from '../../infra/db/id.ts';
import type { Column } from '../csv/columns.ts';
import type { Delimiter } from '../csv/csv-records.ts';
import type { CountryCode } from '../phone.ts';
import { openStage } from './copy-stage.ts';
import { type ImportErrors, importErrors } from './import-errors.ts';
import {
  ADD_CONTACTS,
  ADD_EXCLUSIONS,
  ADD_ZONE_SETS,
  EXCLUDE_EXISTING,
  LOCK_NUMBERS_IN_CALLS,
} from './merge-stage.sql.ts';
import { readFile } from './read-file.ts';

export type ImportContext = { db: Db; pool: pg.Pool; now(): Date; phoneHash(phone_number: string): Buffer };

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

const TURN_WAIT_MS = 2_000;
const LOCK_NOT_AVAILABLE = '55P03'; // SQLSTATE

/**
 * Reads a contact file from the socket into a campaign, all or nothing: contacts are visible from the commit on, and a
 * crash before it leaves none. Accepted + rejected + duplicate = data rows. Throws `import.*`, `campaign.closed`.
 */
export async function importContacts(ctx: ImportContext, upload: ContactUpload): Promise<ImportResult> {
  requireRole(upload.actor, MANAGERS);
  const import_id = await ctx.db.transaction().execute((tx) => begin(tx, upload, ctx.now()));
  const client = await ctx.pool.connect();
  let isBroken = false;
  try {
    await client.query('begin');
    await takeTurn(client, upload.campaign_id);
    const result = await load(ctx, client, upload, import_id);
    await client.query('commit');
    await audit(ctx, upload, result);
    return result;
  } catch (error) {
    isBroken = true; // a COPY may still be open on it
    await fail(ctx, import_id, error);
    throw error;
  } finally {
    client.release(isBroken);
  }
}

async function audit(
  { db, now }: ImportContext,
  { actor }: ContactUpload,
  result: ImportResult,
): Promise<void> {
  const { import_id, first_errors: _shown, ...counts } = result;
  const changes = Object.fromEntries(
    Object.entries(counts).map(([name, value]) => [name, { previous: null, new: value }]),
  );
  const entry = { action: 'contacts.imported', entity: 'contact_import', entity_id: import_id, changes };
  await db.transaction().execute((tx) => appendAudit(tx, { at: now(), user_id: actor.user_id, ...entry }));
}

// Under a lock on the campaign: it completes itself either before this, or sees that an import is under way.
async function begin(tx: Tx, upload: ContactUpload, now: Date): Promise<string> {
  const { status } = await findCampaign(tx, upload.campaign_id, 'share');
  if (!isOpen(status)) {
    throw new AppError('campaign.closed', `A campaign that is ${status} takes no more contacts.`);
  }
  const id = upload.import_id ?? newId();
  const row = await tx
    .insertInto('contact_import')
    .values({
      id,
      campaign_id: upload.campaign_id,
      file_name: upload.file_name.slice(0, 300),
      created_by_user_id: upload.actor.user_id,
      created_at: now,
      updated_at: now,
    })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .returning('id')
    .executeTakeFirst();
  if (!row) throw new AppError('import.already_running', 'An import with this id exists already.');
  return id;
}

/**
 * One import a campaign at a time: two files at once would each call the other's rows new. The turn of an upload that has
 * just broken off is free a moment later, when the database has noticed, so it is waited for that long.
 */
async function takeTurn(client: pg.PoolClient, campaign_id: string): Promise<void> {
  try {
    await client.query(`set local lock_timeout = '${TURN_WAIT_MS}ms'`);
    await client.query('select pg_advisory_xact_lock(hashtextextended($1, 1))', [campaign_id]);
    await client.query('set local lock_timeout to default');
  } catch (cause) {
    if ((cause as { code?: string }).code !== LOCK_NOT_AVAILABLE) throw cause;
    throw new AppError('import.already_running', 'Another file is being imported into this campaign.', {
      cause,
    });
  }
}

async function load(
  ctx: ImportContext,
  client: pg.PoolClient,
  upload: ContactUpload,
  import_id: string,
): Promise<ImportResult> {
  const { campaign_id } = upload;
  await client.query('set local statement_timeout = 0');
  await client.query('set local idle_in_transaction_session_timeout = 0');
  const errors = importErrors(ctx.db, import_id);
  const hash = createHash('sha256');
  const stage = await openStage(client);
  const read = await readFile(ctx, { ...upload, import_id, hash, errors, stage }).catch((error: Error) => {
    stage.abort(error);
    throw error;
  });
  await stage.end();
  await errors.flush();
  const sha256 = hash.digest('hex');
  const { accepted, excluded } = await merge(client, campaign_id, import_id, ctx.now());
  const same_file_as = await findSameFile(client, campaign_id, sha256);
  const counts = {
    total_rows: read.rows,
    accepted_count: accepted,
    rejected_count: read.rejected,
    duplicate_count: read.rows - read.rejected - accepted,
    excluded_count: excluded,
  };
  await finish(client, {
    import_id,
    sha256,
    bytes: read.bytes,
    columns: read.columns,
    same_file_as,
    now: ctx.now(),
    ...counts,
  });
  return { import_id, ...counts, same_file_as, first_errors: errors.first };
}

async function merge(client: pg.PoolClient, campaign_id: string, import_id: string, now: Date) {
  await client.query(ADD_ZONE_SETS);
  await client.query(LOCK_NUMBERS_IN_CALLS, [campaign_id]);
  await client.query(ADD_EXCLUSIONS, [campaign_id, now]);
  await client.query(EXCLUDE_EXISTING, [campaign_id, now]);
  // Once more, for whom the scheduler claimed in between; from here on it can claim none of them.
  await client.query(LOCK_NUMBERS_IN_CALLS, [campaign_id]);
  const { rows } = await client.query<{ accepted: number; excluded: number }>(ADD_CONTACTS, [
    campaign_id,
    import_id,
    now,
  ]);
  await client.query("select pg_notify('scheduler', '')");
  return rows[0] as { accepted: number; excluded: number };
}

async function findSameFile(
  client: pg.PoolClient,
  campaign_id: string,
  sha256: string,
): Promise<string | null> {
  const { rows } = await client.query<{ id: string }>(
    `select id from contact_import where campaign_id = $1 and sha256 = $2 and status = 'completed' order by created_at limit 1`,
    [campaign_id, sha256],
  );
  return rows[0]?.id ?? null;
}

type Finished = Omit<ImportResult, 'first_errors'> & {
  sha256: string;
  bytes: number;
  columns: string[];
  now: Date;
};

async function finish(client: pg.PoolClient, done: Finished): Promise<void> {
  await client.query(
    `update contact_import set status = 'completed', sha256 = $2, bytes = $3, columns = $4, total_rows = $5,
       accepted_count = $6, rejected_count = $7, duplicate_count = $8, excluded_count = $9, same_file_as = $10, updated_at = $11
     where id = $1`,
    [
      done.import_id,
      done.sha256,
      done.bytes,
      done.columns,
      done.total_rows,
      done.accepted_count,
      done.rejected_count,
      done.duplicate_count,
      done.excluded_count,
      done.same_file_as,
      done.now,
    ],
  );
}

async function fail({ db, now }: ImportContext, import_id: string, error: unknown): Promise<void> {
  const reason = error instanceof AppError ? error.message : 'The import was interrupted.';
  await db
    .updateTable('contact_import')
    .set({ status: 'failed', error: reason, updated_at: now() })
    .where('id', '=', import_id)
    .execute()
    .catch(() => {}); // without the database the sweeper says it later
}
