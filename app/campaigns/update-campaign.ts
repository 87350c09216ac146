import { sql } from 'kysely';
import { appendAudit, changesBetween } from '../audit/append-audit.ts';
import { requireRole } from '../auth/require-role.ts';
import { type Actor, MANAGERS } from '../auth/user.ts';
import { AppError } from '../errors.ts';
import { type Db, inTransaction, type Tx } from '../infra/db/database.ts';
import { ACTIONS, type Campaign, type CampaignStatus } from './campaign.ts';
import { type CampaignInput, campaignInput, inputOf } from './campaign-input.ts';
import { checkInput } from './check-input.ts';
import { checkTemplates } from './check-templates.ts';
import { lockCampaign } from './lifecycle/lock-campaign.ts';
import { lockedFields } from './locked-fields.ts';
import { writeScriptVersion } from './write-script-version.ts';

export type CampaignUpdate = {
  campaign_id: string;
  /** What the person sent; validated here, because what may be left out depends on the status. */
  body: Record<string, unknown>;
  if_match?: number | undefined;
  actor: Pick<Actor, 'user_id' | 'role'>;
  language: 'en' | 'it';
  now: Date;
};

/**
 * Replaces the editable fields. Outside a draft a locked field may be left out or sent as it is; changed, it is 409
 * `campaign.field_locked`. New wording becomes a new script version. 404, 412 for a stale `if_match`, 422, then 409.
 */
export function updateCampaign(db: Db, update: CampaignUpdate): Promise<Campaign> {
  return inTransaction(db, async (tx) => {
    const { campaign_id, actor, now } = update;
    requireRole(actor, MANAGERS);
    const current = await lockCampaign(tx, update);
    const before = inputOf(current);
    const input = readBody(update, current.status, before);
    await checkTemplates(tx, input, update.language);
    assertEditable(current.status);
    const changes = changesBetween(before, input);
    assertUnlocked(current.status, Object.keys(changes), update.language);
    if (Object.keys(changes).length === 0) return current;
    const after = await store(tx, current, input, now);
    await appendAudit(tx, {
      at: now,
      user_id: actor.user_id,
      action: 'campaign.updated',
      entity: 'campaign',
      entity_id: campaign_id,
      changes: { ...changes, ...changesBetween(versionOf(current), versionOf(after)) },
    });
    return after;
  });
}

const versionOf = ({ script_version }: Campaign) => ({ script_version });

function readBody(update: CampaignUpdate, status: CampaignStatus, before: CampaignInput): CampaignInput {
  const locked = lockedFields(status, update.language).map(({ field }) => field as keyof CampaignInput);
  const kept = Object.fromEntries(locked.map((field) => [field, before[field]]));
  const input = checkInput(campaignInput, { ...kept, ...update.body }, update.language);
  const { scheduled_at } = input; // One moment has many spellings.
  return { ...input, scheduled_at: scheduled_at && new Date(scheduled_at).toISOString() };
}

function assertEditable(status: CampaignStatus): void {
  if ((ACTIONS.edit.from as readonly CampaignStatus[]).includes(status)) return;
  throw new AppError('campaign.not_editable', `A campaign that is ${status} cannot be changed.`);
}

function assertUnlocked(status: CampaignStatus, changed: string[], language: 'en' | 'it'): void {
  const errors = lockedFields(status, language).filter(({ field }) => changed.includes(field));
  if (errors.length === 0) return;
  throw new AppError('campaign.field_locked', `These fields cannot change once a campaign is ${status}.`, {
    errors,
  });
}

async function store(tx: Tx, current: Campaign, input: CampaignInput, now: Date): Promise<Campaign> {
  const script_version = await writeScriptVersion(tx, { campaign_id: current.id, wording: input, now });
  // Wider hours or more attempts may make somebody callable now.
  await sql`select pg_notify('scheduler', '')`.execute(tx);
  return tx
    .updateTable('campaign')
    .set({
      ...input,
      translations: JSON.stringify(input.translations),
      script_version,
      revision: current.revision + 1,
      updated_at: now,
    })
    .where('id', '=', current.id)
    .returningAll()
    .executeTakeFirstOrThrow();
}
