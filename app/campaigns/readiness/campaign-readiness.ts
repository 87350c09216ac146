import { AppError } from '../../errors.ts';
import type { Db } from '../../infra/db/database.ts';
import type { Language } from '../../infra/db/tables.ts';
import type { Campaign } from '../campaign.ts';
import { findCampaign } from '../find-campaign.ts';
import { type ScriptContent, scriptContent, type Wording } from '../script.ts';
import { checkIntro, type IntroCheck } from './check-intro.ts';
import { type ReadinessFacts, readinessFacts } from './readiness-facts.ts';
import { type CheckCode, MESSAGES } from './readiness-messages.ts';

export type Check = {
  code: CheckCode;
  ok: boolean;
  level: 'error' | 'warning';
  message: string;
  /** The field that puts it right, where one does. */
  field: string | null;
};
export type Readiness = { ready: boolean; checks: Check[] };

/** The activation checklist, in the asker's language; only failed errors make `ready` false. 404 without campaign. */
export async function campaignReadiness(
  db: Db,
  input: { campaign_id: string; language: Language },
): Promise<Readiness> {
  const campaign = await findCampaign(db, input.campaign_id);
  const content = scriptContent(campaign as Wording);
  const facts = await readinessFacts(db, campaign, Object.keys(content) as Language[]);
  const findings = [...factFindings(campaign, facts), ...introFindings(campaign, content)];
  const checks = findings.map(({ code, ok, level = 'error' as const, field = null, count = 0, spoken }) => ({
    code,
    ok,
    level,
    field,
    message: `${spoken ? `(${spoken}) ` : ''}${MESSAGES[code][input.language].replace('{n}', String(count))}`,
  }));
  return { ready: checks.every((check) => check.ok || check.level === 'warning'), checks };
}

/** Throws 409 `campaign.not_ready` with all checks unless the campaign may be activated. */
export function assertReady(readiness: Readiness): void {
  if (readiness.ready) return;
  throw new AppError('campaign.not_ready', 'This campaign is not ready: see the failed checks.', {
    extra: { checks: readiness.checks },
  });
}

type Finding = {
  code: CheckCode;
  ok: boolean;
  level?: 'warning';
  field?: string;
  count?: number;
  /** The language of the text, where the campaign has several. */
  spoken?: Language | undefined;
};

function factFindings(campaign: Campaign, facts: ReadinessFacts): Finding[] {
  const { unknown_zones, without_texts, missing_templates } = facts;
  const hasZones = campaign.time_zone !== null || unknown_zones === 0;
  return [
    { code: 'contacts.present', ok: facts.has_waiting_contacts, field: 'contacts' },
    { code: 'questions.scales', ok: scalesAreBounded(campaign), field: 'question_1_scale_min' },
    { code: 'schedule.window', ok: campaign.allowed_weekdays.length > 0, field: 'allowed_weekdays' },
    { code: 'time_zone.known', ok: hasZones, field: 'time_zone', count: unknown_zones },
    {
      code: 'languages.covered',
      ok: without_texts === 0,
      level: 'warning',
      field: 'translations',
      count: without_texts,
    },
    {
      code: 'templates.locales',
      ok: missing_templates.length === 0,
      level: 'warning',
      field: missing_templates[0] ?? 'email_completed_template_id',
    },
    { code: 'provider.configured', ok: facts.has_provider },
    { code: 'provider.outbound_number', ok: facts.has_outbound_number },
    { code: 'retention.set', ok: facts.has_retention },
  ];
}

function introFindings(campaign: Campaign, content: ScriptContent): Finding[] {
  const texts = Object.entries(content) as [Language, NonNullable<ScriptContent[Language]>][];
  return texts.flatMap(([language, { intro_script, organization_name }]) => {
    const found = checkIntro(intro_script, organization_name, language);
    const isOwn = language === campaign.language;
    return (Object.entries(found) as [IntroCheck, boolean][]).map(([name, ok]) => ({
      code: `intro.${name}` as const,
      ok,
      field: isOwn ? 'intro_script' : `translations.${language}.intro_script`,
      spoken: texts.length > 1 ? language : undefined,
    }));
  });
}

function scalesAreBounded(campaign: Campaign): boolean {
  return ([1, 2, 3] as const).every((number) => {
    const min = campaign[`question_${number}_scale_min`];
    const max = campaign[`question_${number}_scale_max`];
    return campaign[`question_${number}_type`] !== 'scale' || (min !== null && max !== null && min < max);
  });
}
