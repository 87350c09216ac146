import { sql } from 'kysely';
import type { Db } from '../../infra/db/database.ts';
import type { Language } from '../../infra/db/tables.ts';
import type { Campaign } from '../campaign.ts';
import { profileOf } from '../jurisdictions/jurisdiction.ts';
import type { Place } from '../jurisdictions/jurisdiction-findings.ts';
import { loadJurisdictions } from '../jurisdictions/load-jurisdictions.ts';

/** What the checklist must ask the database. */
export type ReadinessFacts = {
  /** Contacts that may be called. */
  waiting: number;
  /** Waiting contacts whose own time zone is not known. */
  unknown_zones: number;
  /** Waiting contacts who prefer a language that the campaign has no texts in. */
  without_texts: number;
  /** Fields whose template lacks a same-named one in a language of the campaign. */
  missing_templates: string[];
  has_provider: boolean;
  has_credentials: boolean;
  has_outbound_number: boolean;
  has_retention: boolean;
  /** Where contacts wait, with the law there. */
  places: Place[];
  politics_allowed: boolean;
  /** The languages in which somebody has rehearsed the wording that the campaign has now. */
  rehearsed: Language[];
};

/** Collects the facts, a few queries; `languages` are those the campaign has texts in. */
export async function readinessFacts(
  db: Db,
  campaign: Campaign,
  languages: Language[],
): Promise<ReadinessFacts> {
  const contacts = await contactFacts(db, campaign, languages);
  const settings = await settingsFacts(db);
  const missing_templates = await missingTemplates(db, campaign, languages);
  const places = await waitingPlaces(db, campaign.id);
  const rehearsed = await rehearsedLanguages(db, campaign);
  return { ...contacts, ...settings, missing_templates, places, rehearsed };
}

// From counters and from the index of the claim: the list is looked at every few seconds, with a million contacts too.
async function contactFacts(db: Db, campaign: Campaign, languages: Language[]) {
  const { rows } = await sql<Pick<ReadinessFacts, 'waiting' | 'unknown_zones' | 'without_texts'>>`
    select
      coalesce(sum(contacts), 0)::bigint + (select count(*) from (
        select from contact where campaign_id = ${campaign.id} and state = 'not_reached'
          and not_reached_reason = 'attempts_used_up' and attempts_count < ${campaign.max_attempts} limit 1) again)
        as waiting,
      coalesce(sum(contacts) filter (where preferred_language <> 'auto'
        and preferred_language::text <> all(${languages})), 0)::bigint as without_texts,
      (select count(*) from contact where campaign_id = ${campaign.id} and state = 'pending'
        and zone_set_id in (select id from zone_set where time_zones = '{}')) as unknown_zones
    from contact_counts(array[${campaign.id}::uuid]) where state = 'pending'`.execute(db);
  return rows[0]!;
}

async function settingsFacts(db: Db) {
  const settings = await db
    .selectFrom('provider_config')
    .select([
      'provider_name',
      'outbound_number',
      'politics_allowed',
      sql<boolean>`credentials ?| array['account_sid', 'auth_token']`.as('has_credentials'),
    ])
    .executeTakeFirst();
  return {
    politics_allowed: settings?.politics_allowed ?? false,
    has_provider: Boolean(settings?.provider_name),
    has_credentials: settings?.has_credentials ?? false,
    has_outbound_number: Boolean(settings?.outbound_number),
    // Within bounds wherever there are settings at all: the database sees to that.
    has_retention: settings !== undefined,
  };
}

// Zone sets are few, and found along the claim's index; of the contacts in each the first without consent is enough.
async function waitingPlaces(db: Db, campaign_id: string): Promise<Place[]> {
  const { rows } = await sql<{ country: string; without_consent: boolean }>`
    select z.country, bool_or(exists (select from contact k where k.campaign_id = ${campaign_id}
        and k.zone_set_id = z.id and k.state = 'pending' and not k.has_prior_consent)) as without_consent
    from callable_zone_sets(${campaign_id}) as waiting(zone_set_id) join zone_set z on z.id = waiting.zone_set_id
    group by z.country order by z.country`.execute(db);
  const profiles = await loadJurisdictions(db);
  return rows.flatMap((row) => {
    const profile = profileOf(profiles, row.country);
    return profile ? [{ ...row, profile }] : [];
  });
}

async function missingTemplates(db: Db, campaign: Campaign, languages: Language[]): Promise<string[]> {
  const fields = (['completed', 'refused', 'not_reached'] as const).map(
    (type) => `email_${type}_template_id` as const,
  );
  const ids = fields.flatMap((field) => campaign[field] ?? []);
  if (ids.length === 0) return [];
  const { rows } = await sql<{ id: string; locales: string[] }>`
    select t.id, array(select s.locale::text from email_template s where s.name = t.name and s.type = t.type) as locales
    from email_template t where t.id = any(${ids})`.execute(db);
  const complete = new Set(
    rows
      .filter(({ locales }) => languages.every((language) => locales.includes(language)))
      .map(({ id }) => id),
  );
  return fields.filter((field) => campaign[field] !== null && !complete.has(campaign[field]));
}

// A rehearsal counts once it came to an outcome and something was said in it.
async function rehearsedLanguages(db: Db, { id, script_version }: Campaign): Promise<Language[]> {
  const rows = await db
    .selectFrom('rehearsal')
    .select('language')
    .distinct()
    .where('campaign_id', '=', id)
    .where('script_version', '=', script_version)
    .where('disposition', 'is not', null)
    .where('utterances', '>', 0)
    .execute();
  return rows.map(({ language }) => language);
}
