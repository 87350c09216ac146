import { z } from 'zod';
import type { Language } from '../../infra/db/tables.ts';
import { text } from '../campaign-input.ts';
import { checkIntro, type IntroCheck } from '../readiness/check-intro.ts';
import { MESSAGES } from '../readiness/readiness-messages.ts';
import { assembleIntro } from './assemble-intro.ts';
import { type SpokenSeconds, spokenSecondsOf } from './spoken-seconds.ts';

/** A script while it is being written: an own introduction, or the slots of an assembled one. */
export const scriptDraft = z.object({
  language: z.enum(['en', 'it']),
  organization_name: text(200).default(''),
  intro_script: text(3000).default(''),
  slots: z
    .object({
      purpose: text(300).min(1),
      duration_minutes: z.number().int().min(1).max(15),
      contact: text(200).nullable().default(null),
    })
    .nullish(),
  question_1_text: text(1000).default(''),
  question_2_text: text(1000).default(''),
  question_3_text: text(1000).default(''),
});
export type ScriptDraft = z.output<typeof scriptDraft>;

export type ScriptPreview = {
  intro_script: string;
  spoken_seconds: SpokenSeconds;
  checks: { code: `intro.${IntroCheck}`; ok: boolean; message: string }[];
};

/** How a script sounds and what its introduction still lacks, by the same rules as the activation; nothing is stored. */
export function previewScript(draft: ScriptDraft, reader: Language): ScriptPreview {
  const { language, organization_name, slots } = draft;
  const intro_script = slots ? assembleIntro(language, { organization_name, ...slots }) : draft.intro_script;
  const questions = ([1, 2, 3] as const).map((number) => ({ text: draft[`question_${number}_text`] }));
  const found = Object.entries(checkIntro(intro_script, organization_name, language));
  return {
    intro_script,
    spoken_seconds: spokenSecondsOf({ intro_script, questions }),
    checks: (found as [IntroCheck, boolean][]).map(([name, ok]) => ({
      code: `intro.${name}` as const,
      ok,
      message: MESSAGES[`intro.${name}`][reader],
    })),
  };
}
