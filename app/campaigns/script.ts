import { canonicalJson, sha256Hex } from '../infra/crypto/hash.ts';
import type { Language, QuestionType } from '../infra/db/tables.ts';
import type { Campaign } from './campaign.ts';

export type ScriptQuestion = {
  text: string;
  type: QuestionType;
  scale_min: number | null;
  scale_max: number | null;
};

/** The approved wording in one language: three questions, in order. */
export type ScriptTexts = { organization_name: string; intro_script: string; questions: ScriptQuestion[] };

/** The whole wording of a script version, by language. */
export type ScriptContent = Partial<Record<Language, ScriptTexts>>;

/** The texts of a campaign's `translations`, by language. */
export type Translations = Partial<Record<Language, TranslatedTexts>>;
export type TranslatedTexts = {
  intro_script: string;
  question_1_text: string;
  question_2_text: string;
  question_3_text: string;
};

export type Wording = Omit<Pick<Campaign, 'language' | 'organization_name' | ScriptField>, 'translations'> & {
  translations: Translations;
};
type ScriptField =
  | keyof TranslatedTexts
  | `question_${1 | 2 | 3}_${'type' | 'scale_min' | 'scale_max'}`
  | 'translations';

const NUMBERS = [1, 2, 3] as const;

/** Everything a respondent can hear of this campaign, in all its languages: what a script version keeps. */
export function scriptContent(campaign: Wording): ScriptContent {
  const texts = (language: TranslatedTexts): ScriptTexts => ({
    organization_name: campaign.organization_name,
    intro_script: language.intro_script,
    questions: NUMBERS.map((number) => ({
      text: language[`question_${number}_text`],
      type: campaign[`question_${number}_type`],
      scale_min: campaign[`question_${number}_scale_min`],
      scale_max: campaign[`question_${number}_scale_max`],
    })),
  });
  const translated = Object.entries(campaign.translations).map(([language, own]) => [language, texts(own)]);
  return { [campaign.language]: texts(campaign), ...Object.fromEntries(translated) };
}

/** SHA-256 (hex) of the canonical JSON: the same wording has the same hash, whoever computes it. */
export function scriptHash(content: ScriptContent): string {
  return sha256Hex(canonicalJson(content));
}

/** The texts of one language as the dialogue takes them; an Error when the version has none in it. */
export function scriptFor(content: ScriptContent, language: Language): ScriptTexts & { language: Language } {
  const texts = content[language];
  if (!texts) throw new Error(`the script has no texts in ${language}`);
  return { language, ...texts };
}
