import type { CampaignStatus } from '../../app/campaigns/campaign.ts';
import { campaignInput } from '../../app/campaigns/campaign-input.ts';
import { createCampaign } from '../../app/campaigns/create-campaign.ts';
import { campaignReadiness } from '../../app/campaigns/readiness/campaign-readiness.ts';
import { hashPhone } from '../../app/infra/crypto/hash.ts';
import { newId } from '../../app/infra/db/id.ts';
import { testDatabase } from '../support/database.ts';

/** Wednesday noon in Rome. */
export const NOW = new Date('2026-11-25T11:00:00Z');
const KEY = Buffer.alloc(32, 7);

/** What a manager enters for an English campaign that is ready to go. */
export const ENTERED = {
  name: 'Library survey',
  language: 'en',
  organization_name: 'Northfield City Library',
  intro_script:
    'Hello, I am an automated assistant using artificial intelligence, calling for Northfield City Library. ' +
    'We have three questions about our service; it takes two minutes. You can stop at any time. ' +
    'Do you agree to take part?',
  question_1_text: 'From 1 to 5, how satisfied are you?',
  question_1_type: 'scale',
  question_2_text: 'How often do you come in a month?',
  question_2_type: 'numeric',
  question_3_text: 'What should be better?',
  question_3_type: 'free_text',
} as const;

/** A database with one user and a provider, and helpers that read as sentences. */
export async function campaignWorld() {
  const database = await testDatabase();
  const { db, pool } = database;
  const user_id = newId();
  const who = { oidc_issuer: 'i', oidc_sub: 's', email: 'm@example.com', name: 'M' };
  await db
    .insertInto('user')
    .values({ id: user_id, ...who, created_at: NOW, updated_at: NOW })
    .execute();
  await db
    .updateTable('provider_config')
    .set({
      provider_name: 'twilio',
      outbound_number: '+390299990000',
      credentials: JSON.stringify({ auth_token: { sealed: 's', last_four: '' } }),
    })
    .execute();
  // The laws of countries have tests of their own.
  await db
    .updateTable('jurisdiction_profile')
    .set({ prior_consent_needed: false, register_max_age_days: null, min_gap_minutes: 0, max_attempts: 5 })
    .set({ weekday_start: '00:00', weekday_end: '23:59', saturday_start: '00:00', saturday_end: '23:59' })
    .set({ sunday_start: '00:00', sunday_end: '23:59', public_holidays_allowed: true })
    .execute();
  const actor = { user_id, role: 'admin' as const };
  const phoneHash = (phone_number: string) => hashPhone(KEY, phone_number);
  const create = (entered: Record<string, unknown> = {}) =>
    createCampaign(db, {
      campaign: campaignInput.parse({ ...ENTERED, ...entered }),
      actor,
      language: 'en',
      now: NOW,
    });
  const zoneSet = async (time_zones: string[]) => {
    const row = await db
      .insertInto('zone_set')
      .values({ country: 'IT', time_zones })
      .onConflict((conflict) =>
        conflict
          .columns(['country', 'time_zones'])
          .doUpdateSet((eb) => ({ country: eb.ref('excluded.country') })),
      )
      .returning('id')
      .executeTakeFirstOrThrow();
    return row.id;
  };
  /** Contacts in the given states, in a zone set of their own. */
  const addContacts = async (campaign_id: string, contacts: Record<string, unknown>[]) => {
    const known = await zoneSet(['Europe/Rome']);
    const unknown = await zoneSet([]);
    const rows = contacts.map((contact, index) => ({
      id: newId(),
      campaign_id,
      phone_number: `+3934710${String(index).padStart(5, '0')}`,
      time_zones: ['Europe/Rome'],
      time_zone_source: 'number' as const,
      zone_set_id: (contact.time_zones as string[] | undefined)?.length === 0 ? unknown : known,
      created_at: NOW,
      updated_at: NOW,
      ...contact,
    }));
    await db.insertInto('contact').values(rows).execute();
    return rows.map(({ id }) => id);
  };
  const statusOf = async (id: string): Promise<CampaignStatus> =>
    (await db.selectFrom('campaign').select('status').where('id', '=', id).executeTakeFirstOrThrow()).status;
  /** The checks that fail; whether somebody rehearsed has tests of its own. */
  const failing = async (campaign_id: string) => {
    const { checks } = await campaignReadiness(db, { campaign_id, language: 'en', now: NOW });
    const failed = checks.filter(({ ok, code }) => !ok && code !== 'rehearsal.done');
    return failed.map(({ code, level, field }) => `${level} ${code} ${field}`);
  };
  const config = { upload_limits: { rows: 50_000, cell_characters: 32_767 } };
  const ctx = { db, pool, now: () => NOW, phoneHash, config };
  return { ...database, ctx, actor, phoneHash, create, addContacts, statusOf, failing };
}
export type CampaignWorld = Awaited<ReturnType<typeof campaignWorld>>;
