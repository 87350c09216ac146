import { sql } from 'kysely';
import { DISPOSITIONS } from '../../calling/call.ts';
import { findCampaign } from '../../campaigns/find-campaign.ts';
import type { ScriptContent } from '../../campaigns/script.ts';
import type { Db, Tx } from '../../infra/db/database.ts';
import type { Disposition, Language } from '../../infra/db/tables.ts';
import { type Cases, casesByCode, RATES } from '../aapor.ts';
import { statsIn } from '../campaign-stats.ts';
import { CODE_LABELS, CODEBOOK_TEXTS, RATE_FORMULAS } from './codebook-texts.ts';
import { variablesOf } from './variables.ts';

export type Codebook = Awaited<ReturnType<typeof campaignCodebook>>;
type Question = { campaign_id: string; language: Language; now: Date };

/**
 * What a researcher needs to use and to publish a campaign's data: variables with their labels and missing codes, every
 * wording that was spoken, when and by which rule people were called, and what became of all cases, with the rates of the
 * AAPOR Standard Definitions and their formulas. Holds nothing about any one person.
 */
export function campaignCodebook(db: Db, question: Question) {
  return db
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute((tx) => codebookIn(tx, question));
}

async function codebookIn(tx: Tx, { campaign_id, language, now }: Question) {
  const campaign = await findCampaign(tx, campaign_id);
  const figures = await statsIn(tx, {
    campaign_id,
    bucket: 'day',
    from: null,
    to: null,
    // Nobody's words belong into a codebook.
    role: 'viewer',
    now,
  });
  const texts = CODEBOOK_TEXTS[language];
  const cases = casesByCode(figures.by_disposition_code);
  return {
    language,
    generated_at: now,
    campaign: {
      id: campaign.id,
      name: campaign.name,
      description: campaign.description,
      organization_name: campaign.organization_name,
      status: campaign.status,
      topic: campaign.topic,
      languages: [campaign.language, ...Object.keys(campaign.translations as object)],
    },
    method: {
      notes: texts.notes,
      field_period: await fieldPeriod(tx, campaign_id),
      attempt_rule: {
        max_attempts: campaign.max_attempts,
        retry_interval_minutes: campaign.retry_interval_minutes,
        allowed_weekdays: campaign.allowed_weekdays,
        allowed_call_start_local: campaign.allowed_call_start_local,
        allowed_call_end_local: campaign.allowed_call_end_local,
        call_on_public_holidays: campaign.call_on_public_holidays,
        time_zone: campaign.time_zone,
      },
      interpreters: await interpreters(tx, campaign_id),
    },
    variables: variablesOf(campaign, figures, language),
    script_versions: await scriptVersions(tx, campaign_id),
    dispositions: await dispositions(tx, campaign_id, language),
    cases: {
      total: figures.total_contacts,
      by_code: Object.entries(figures.by_disposition_code)
        .sort(([one], [other]) => one.localeCompare(other))
        .map(([code, count]) => ({ code, label: CODE_LABELS[code]?.[language] ?? code, count })),
      by_group: cases satisfies Cases,
    },
    rates: RATES.map((name) => ({ name, value: figures.aapor[name], formula: RATE_FORMULAS[name] })),
    rates_source: texts.rates_source,
    funnel: figures.funnel,
  };
}

async function fieldPeriod(tx: Tx, campaign_id: string) {
  const { rows } = await sql<{ first_attempt_at: Date | null; last_attempt_at: Date | null }>`
    select (select started_at from call_attempt where campaign_id = ${campaign_id}
            order by started_at limit 1) as first_attempt_at,
      (select started_at from call_attempt where campaign_id = ${campaign_id}
       order by started_at desc limit 1) as last_attempt_at`.execute(tx);
  return rows[0]!;
}

/** By what consent was recognised: the built-in rules, a model, or the keys of the telephone. */
async function interpreters(tx: Tx, campaign_id: string) {
  const { rows } = await sql<{ decided_by: string; calls: number }>`
    select k.decided_by, count(*)::int as calls
    from consent_record k join call_attempt a on a.id = k.call_attempt_id
    where a.campaign_id = ${campaign_id} group by 1 order by 1`.execute(tx);
  return rows;
}

async function scriptVersions(tx: Tx, campaign_id: string) {
  const { rows } = await sql<{
    version: number;
    hash: string;
    created_at: Date;
    content: ScriptContent;
    calls: number;
  }>`
    select v.version, v.hash, v.created_at, v.content,
      (select count(*)::int from call_attempt a
       where a.campaign_id = v.campaign_id and a.script_version = v.version) as calls
    from script_version v where v.campaign_id = ${campaign_id} order by v.version`.execute(tx);
  return rows;
}

async function dispositions(tx: Tx, campaign_id: string, language: Language) {
  const { rows } = await sql<{ disposition: Disposition; attempts: number }>`
    select disposition, count(*)::int as attempts from call_attempt
    where campaign_id = ${campaign_id} and disposition is not null group by 1`.execute(tx);
  const counted = new Map(rows.map(({ disposition, attempts }) => [disposition, attempts]));
  return Object.entries(DISPOSITIONS).map(([name, { aapor, outcome }]) => ({
    disposition: name,
    label: CODEBOOK_TEXTS[language].dispositions[name as Disposition],
    aapor_code: aapor as string,
    outcome: outcome as string,
    attempts: counted.get(name as Disposition) ?? 0,
  }));
}
