import { isOpen } from '../../campaigns/campaign.ts';
import { findCampaign } from '../../campaigns/find-campaign.ts';
import { AppError } from '../../errors.ts';
import type { Db, Tx } from '../../infra/db/database.ts';
import { newId } from '../../infra/db/id.ts';

type Job = { campaign_id: string; time_zone: string | null };
type Begun = { import_id: string; time_zone: string | null };

/**
 * Enters an import, visible to who asks how far it is. Under a lock on the campaign: it completes itself either before
 * this, or sees that an import is under way.
 */
export async function beginImport(
  tx: Tx,
  upload: { campaign_id: string; import_id?: string | undefined; file_name: string; user_id: string },
  now: Date,
): Promise<Begun> {
  const { status, time_zone } = await findCampaign(tx, upload.campaign_id, 'share');
  if (!isOpen(status)) {
    throw new AppError('campaign.closed', `A campaign that is ${status} takes no more contacts.`);
  }
  const id = upload.import_id ?? newId();
  const row = await tx
    .insertInto('contact_import')
    .values({
      id,
      campaign_id: upload.campaign_id,
      file_name: upload.file_name.replaceAll('\0', '').slice(0, 300),
      created_by_user_id: upload.user_id,
      created_at: now,
      updated_at: now,
    })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .returning('id')
    .executeTakeFirst();
  if (!row) throw new AppError('import.already_running', 'An import with this id exists already.');
  return { import_id: id, time_zone };
}

/** How far it is, for those who ask; also the sign of life of a running import. */
export async function reportProgress(
  db: Db,
  import_id: string,
  { bytes, rows, now }: { bytes: number; rows: number; now: Date },
): Promise<void> {
  await db
    .updateTable('contact_import')
    .set({ bytes, total_rows: rows, updated_at: now })
    .where('id', '=', import_id)
    .execute();
}

export type Finished = {
  total_rows: number;
  accepted_count: number;
  rejected_count: number;
  duplicate_count: number;
  excluded_count: number;
  same_file_as: string | null;
  sha256: string;
  bytes: number;
  columns: string[];
};

/** In the import's own transaction: it is completed with its contacts or not at all. */
export async function finishImport(tx: Tx, import_id: string, done: Finished, now: Date): Promise<void> {
  await tx
    .updateTable('contact_import')
    .set({ ...done, status: 'completed', updated_at: now })
    .where('id', '=', import_id)
    .execute();
}

/** Says why nothing was kept. One that has committed stays completed, though its answer was lost on the way. */
export async function failImport(db: Db, import_id: string, error: unknown, now: Date): Promise<void> {
  const reason = error instanceof AppError ? error.message : 'The import was interrupted.';
  await db
    .updateTable('contact_import')
    .set({ status: 'failed', error: reason, updated_at: now })
    .where('id', '=', import_id)
    .where('status', '=', 'running')
    .execute()
    .catch(() => {}); // without the database the sweeper says it later
}

/**
 * The campaign may have got a zone of its own, or lost it, while the file was read: whoever changed that did not see
 * contacts that are not committed. Under a lock on the campaign, so that it changes before this or after the commit.
 */
export async function followCampaignZone(tx: Tx, { campaign_id, time_zone }: Job): Promise<void> {
  const campaign = await findCampaign(tx, campaign_id, 'share');
  if ((campaign.time_zone === null) === (time_zone === null)) return;
  await tx
    .updateTable('contact')
    .set({ time_zone_source: campaign.time_zone === null ? 'none' : 'campaign' })
    .where('campaign_id', '=', campaign_id)
    .where('time_zone_source', 'in', ['none', 'campaign'])
    .execute();
}

/** The first import of the same bytes into the same campaign. */
export async function findSameFile(tx: Tx, campaign_id: string, sha256: string): Promise<string | null> {
  const found = await tx
    .selectFrom('contact_import')
    .select('id')
    .where('campaign_id', '=', campaign_id)
    .where('sha256', '=', sha256)
    .where('status', '=', 'completed')
    .orderBy('created_at')
    .executeTakeFirst();
  return found?.id ?? null;
}
