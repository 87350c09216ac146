import type { Language } from '../../infra/db/tables.ts';
import { INTRO_ELEMENTS, INTRO_RULES, type IntroElement, plainText } from './intro-rules.ts';

export type IntroCheck = 'organization' | IntroElement | 'consent_question' | 'plain_yes';

/** Which of the things an introduction must contain this one does, in the order they are usually said. */
export function checkIntro(
  intro_script: string,
  organization_name: string,
  language: Language,
): Record<IntroCheck, boolean> {
  const text = plainText(intro_script);
  const rules = INTRO_RULES[language];
  const question = lastQuestion(text, rules.answer_hint);
  const organization = plainText(organization_name);
  // A name such as "Acme Research" says nothing of the purpose.
  const nameless = text.replaceAll(organization, ' ');
  const elements = INTRO_ELEMENTS.map((element) => [element, rules[element].test(nameless)]);
  return {
    organization: text.includes(organization),
    ...(Object.fromEntries(elements) as Record<IntroElement, boolean>),
    consent_question:
      question !== null && !rules.open_question.test(question) && rules.consent.test(question),
    plain_yes: question === null || !rules.inverted.test(question),
  };
}

// The question must be the last thing said: what follows it would be answered instead. Only "say yes or no" may.
function lastQuestion(text: string, answerHint: RegExp): string | null {
  const sentences = text.match(/[^.!?]+[.!?]*/g)?.map((sentence) => sentence.trim()) ?? [];
  const said = sentences.filter((sentence) => sentence !== '');
  while (said.length > 1 && answerHint.test(said.at(-1)!)) said.pop();
  const last = said.at(-1);
  return last?.endsWith('?') ? last : null;
}
