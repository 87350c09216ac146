import type { Language } from '../../infra/db/tables.ts';
import { assembleIntro } from './assemble-intro.ts';
import { type SpokenSeconds, spokenSecondsOf } from './spoken-seconds.ts';
import { TEMPLATES_EN } from './templates-en.ts';
import { TEMPLATES_IT } from './templates-it.ts';

export const TEMPLATE_IDS = ['customer_satisfaction', 'event_follow_up', 'service_check'] as const;
export type TemplateId = (typeof TEMPLATE_IDS)[number];

export type TemplateQuestion =
  | { text: string; type: 'scale'; scale_min: number; scale_max: number }
  | { text: string; type: 'numeric' | 'free_text'; scale_min: null; scale_max: null };

/** What a template says in one language. */
export type TemplateTexts = {
  name: string;
  description: string;
  purpose: string;
  duration_minutes: number;
  questions: readonly [TemplateQuestion, TemplateQuestion, TemplateQuestion];
};

export type ScriptTemplate = Omit<TemplateTexts, 'questions'> & {
  id: TemplateId;
  language: Language;
  /** Complete but for `{organization_name}` and `{contact}`. */
  intro_script: string;
  questions: TemplateQuestion[];
  spoken_seconds: SpokenSeconds;
};

const TEMPLATES: Record<Language, Record<TemplateId, TemplateTexts>> = { en: TEMPLATES_EN, it: TEMPLATES_IT };
const OPEN_SLOTS = { organization_name: '{organization_name}', contact: '{contact}' };

/** The ready scripts of one language, each with complete consent wording. */
export function scriptTemplates(language: Language): ScriptTemplate[] {
  return TEMPLATE_IDS.map((id) => {
    const { questions, ...texts } = TEMPLATES[language][id];
    const intro_script = assembleIntro(language, { ...OPEN_SLOTS, ...texts });
    const script = { intro_script, questions: [...questions] };
    return { id, language, ...texts, ...script, spoken_seconds: spokenSecondsOf(script) };
  });
}
