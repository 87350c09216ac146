import { PROMPTS_EN } from './prompts-en.ts';
import { PROMPTS_IT } from './prompts-it.ts';

/** The closed set of what the agent says beside the approved texts; `{organization}` is the only slot. */
export type FixedPrompt = keyof typeof PROMPTS_EN;

/** Everything an agent turn can be: an approved text spoken verbatim, or one of the fixed prompts. */
export type PromptId =
  | 'intro'
  | 'consent_question'
  | 'question_1'
  | 'question_2'
  | 'question_3'
  | FixedPrompt;

const PROMPTS: Record<'en' | 'it', Record<FixedPrompt, string>> = { en: PROMPTS_EN, it: PROMPTS_IT };

/** The words of a fixed prompt in the call's language. */
export function fixedPrompt(language: 'en' | 'it', prompt: FixedPrompt, organization_name: string): string {
  return PROMPTS[language][prompt].replaceAll('{organization}', () => organization_name);
}
