import type { Language } from '../../infra/db/tables.ts';
import type { Campaign } from '../campaign.ts';
import type { CampaignFigures } from '../campaign-figures.ts';
import { jurisdictionFindings } from '../jurisdictions/jurisdiction-findings.ts';
import { needsApproval } from '../needs-approval.ts';
import { proposeTopic } from '../propose-topic.ts';
import { type ScriptContent, scriptContent, type Wording } from '../script.ts';
import { checkIntro, type IntroCheck } from './check-intro.ts';
import type { ReadinessFacts } from './readiness-facts.ts';
import type { CheckCode } from './readiness-messages.ts';

/** One rule, met or not, and the field that puts it right. */
export type Finding = {
  code: CheckCode;
  ok: boolean;
  level?: 'warning';
  field: string;
  count?: number;
  /** The language of the text, where the campaign has several; the country of the law. */
  spoken?: string | undefined;
};
type Judged = Campaign & Pick<CampaignFigures, 'approval'>;

/** Every rule of the activation, in the order of the form; pure, so that each can be broken alone. */
export function readinessFindings(campaign: Judged, facts: ReadinessFacts, now: Date): Finding[] {
  const content = scriptContent(campaign as Wording);
  return [
    { code: 'contacts.present', ok: facts.waiting > 0, field: 'contacts', count: facts.waiting },
    ...introFindings(campaign, content),
    ...questionFindings(campaign),
    ...rehearsalFindings(content, facts),
    { code: 'topic.approved', ok: !needsApproval(campaign), field: 'topic' },
    {
      code: 'topic.allowed',
      ok: campaign.topic !== 'politics' || facts.politics_allowed,
      field: 'topic',
    },
    topicFinding(campaign, content),
    ...ruleFindings(campaign, facts),
    ...jurisdictionFindings(campaign, facts.places, now),
    ...templateFindings(facts),
    { code: 'provider.configured', ok: facts.has_provider, field: 'telephony.provider_name' },
    {
      code: 'provider.credentials',
      ok: facts.has_credentials,
      level: 'warning',
      field: 'telephony.credentials',
    },
    { code: 'provider.outbound_number', ok: facts.has_outbound_number, field: 'telephony.outbound_number' },
    { code: 'retention.set', ok: facts.has_retention, field: 'retention.transcript_retention_days' },
  ];
}

/** Words of a sensitive topic in texts that are declared general: a proposal, never a verdict. */
function topicFinding(campaign: Judged, content: ScriptContent): Finding {
  const proposed = campaign.topic === 'general' ? proposeTopic(content) : null;
  const finding = { code: 'topic.declared' as const, ok: proposed === null, level: 'warning' as const };
  return { ...finding, field: 'topic', spoken: proposed ?? undefined };
}

function introFindings(campaign: Judged, content: ScriptContent): Finding[] {
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

/** An advice: nobody should be the first to hear a text. */
function rehearsalFindings(content: ScriptContent, { rehearsed }: ReadinessFacts): Finding[] {
  const languages = Object.keys(content) as Language[];
  return languages.map((language) => ({
    code: 'rehearsal.done',
    ok: rehearsed.includes(language),
    level: 'warning',
    field: 'rehearsal',
    spoken: languages.length > 1 ? language : undefined,
  }));
}

const NUMBERS = [1, 2, 3] as const;

function questionFindings(campaign: Judged): Finding[] {
  const { translations } = campaign as Wording;
  const texts = NUMBERS.flatMap((number) => {
    const name = `question_${number}_text` as const;
    const translated = Object.entries(translations).map(
      ([language, own]) => [`translations.${language}.${name}`, own[name]] as const,
    );
    return [[name, campaign[name]] as const, ...translated];
  });
  const blank = texts.find(([, text]) => text.trim() === '')?.[0];
  const unbounded = NUMBERS.find((number) => {
    const min = campaign[`question_${number}_scale_min`];
    const max = campaign[`question_${number}_scale_max`];
    return campaign[`question_${number}_type`] === 'scale' && !(min !== null && max !== null && min < max);
  });
  return [
    { code: 'questions.present', ok: blank === undefined, field: blank ?? 'question_1_text' },
    {
      code: 'questions.scales',
      ok: unbounded === undefined,
      field: `question_${unbounded ?? 1}_scale_max`,
    },
  ];
}

function ruleFindings(campaign: Judged, { unknown_zones, without_texts }: ReadinessFacts): Finding[] {
  const { max_attempts, retry_interval_minutes, allowed_weekdays } = campaign;
  const isWindow = campaign.allowed_call_start_local < campaign.allowed_call_end_local;
  const hasZones = campaign.time_zone !== null || unknown_zones === 0;
  const isTried = max_attempts >= 1 && max_attempts <= 5;
  return [
    {
      code: 'retry.policy',
      ok: isTried && retry_interval_minutes >= 1,
      field: isTried ? 'retry_interval_minutes' : 'max_attempts',
    },
    {
      code: 'schedule.window',
      ok: isWindow && allowed_weekdays.length > 0,
      field: isWindow ? 'allowed_weekdays' : 'allowed_call_end_local',
    },
    { code: 'time_zone.known', ok: hasZones, field: 'time_zone', count: unknown_zones },
    {
      code: 'languages.covered',
      ok: without_texts === 0,
      level: 'warning',
      field: 'translations',
      count: without_texts,
    },
  ];
}

/** One check for each template that lacks a language; one that is met where none does. */
function templateFindings({ missing_templates }: ReadinessFacts): Finding[] {
  const code = 'templates.locales' as const;
  if (missing_templates.length === 0) return [{ code, ok: true, field: 'email_completed_template_id' }];
  return missing_templates.map((field) => ({ code, ok: false, field }));
}
