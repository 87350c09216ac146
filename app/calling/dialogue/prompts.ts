import { PROMPTS_EN } from './prompts-en.ts';
import { PROMPTS_IT } from './prompts-it.ts';

/**
 * The closed set of what the agent says beside the approved texts. Its slots are filled from the campaign alone:
 * `{organization}`, and `{min}` and `{max}` of the scale that is asked for.
 */
export type FixedPrompt = keyof typeof PROMPTS_EN;

/** Everything an agent turn can be: an approved text spoken verbatim, or one of the fixed prompts. */
export type PromptId =
  | 'intro'
  | 'consent_question'
  | 'question_1'
  | 'question_2'
  | 'question_3'
  | FixedPrompt;

/** The scale of a question that names none. */
export const DEFAULT_SCALE = { min: 1, max: 5 };

const PROMPTS: Record<'en' | 'it', Record<FixedPrompt, string>> = { en: PROMPTS_EN, it: PROMPTS_IT };

/** The words of a fixed prompt in the call's language. */
export function fixedPrompt(
  script: { language: 'en' | 'it'; organization_name: string },
  prompt: FixedPrompt,
  question?: { scale_min: number | null; scale_max: number | null },
): string {
  return PROMPTS[script.language][prompt]
    .replaceAll('{min}', () => String(question?.scale_min ?? DEFAULT_SCALE.min))
    .replaceAll('{max}', () => String(question?.scale_max ?? DEFAULT_SCALE.max))
    .replaceAll('{organization}', () => script.organization_name);
}
