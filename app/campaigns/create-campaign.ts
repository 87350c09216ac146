import { callingDefaults } from '../admin/calling-rules.ts';
import { loadSettings } from '../admin/settings.ts';
import { appendAudit, changesBetween } from '../audit/append-audit.ts';
import { requireRole } from '../auth/require-role.ts';
import { type Actor, MANAGERS } from '../auth/user.ts';
import { type Db, inTransaction } from '../infra/db/database.ts';
import { newId } from '../infra/db/id.ts';
import type { Language } from '../infra/db/tables.ts';
import type { Campaign } from './campaign.ts';
import { type NewCampaignInput, withDefaults } from './campaign-input.ts';
import { checkTemplates } from './check-templates.ts';
import { writeScriptVersion } from './write-script-version.ts';

/** A new draft with its first script version; calling rules that were left out are the installation's. */
export function createCampaign(
  db: Db,
  input: {
    campaign: NewCampaignInput;
    /** The one it is a copy of; written down in the audit log. */
    duplicate_of?: string;
    actor: Pick<Actor, 'user_id' | 'role'>;
    language: Language;
    now: Date;
  },
): Promise<Campaign> {
  const { duplicate_of, actor, language, now } = input;
  requireRole(actor, MANAGERS);
  return inTransaction(db, async (tx) => {
    const campaign = withDefaults(input.campaign, callingDefaults(await loadSettings(tx)));
    await checkTemplates(tx, campaign, language);
    const id = newId();
    const created = await tx
      .insertInto('campaign')
      .values({
        ...campaign,
        id,
        translations: JSON.stringify(campaign.translations),
        created_by_user_id: actor.user_id,
        created_at: now,
        updated_at: now,
      })
      .returningAll()
      .executeTakeFirstOrThrow();
    await writeScriptVersion(tx, { campaign_id: id, wording: campaign, now });
    await appendAudit(tx, {
      at: now,
      user_id: actor.user_id,
      action: duplicate_of ? 'campaign.duplicated' : 'campaign.created',
      entity: 'campaign',
      entity_id: id,
      changes: changesBetween({}, duplicate_of ? { ...campaign, duplicate_of } : campaign),
    });
    return created;
  });
}
