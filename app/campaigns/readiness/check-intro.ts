import type { Language } from '../../infra/db/tables.ts';
import { type ElementRule, INTRO_RULES, type IntroElement, plainText } from './intro-rules.ts';

export type IntroCheck = 'organization' | IntroElement | 'consent_question' | 'plain_yes';

/** Which of the things an introduction must contain this one does, in the order they are usually said. */
export function checkIntro(
  intro_script: string,
  organization_name: string,
  language: Language,
): Record<IntroCheck, boolean> {
  const text = plainText(intro_script);
  const rules = INTRO_RULES[language];
  const name = wholeWord(plainText(organization_name));
  // A name such as "Acme AI Research Inc." is no statement, no purpose and no end of a sentence.
  const nameless = text.replaceAll(name, NAME);
  const { before, question } = splitQuestion(nameless, rules.answer_hint);
  const whole = `${before} ${question ?? ''}`;
  return {
    organization: text.search(name) >= 0,
    ai_statement: isSaid(whole, rules.ai_statement),
    purpose: isSaid(before, rules.purpose) || rules.purpose_in_question.test(question ?? ''),
    duration: isSaid(whole, rules.duration),
    how_to_stop: isSaid(whole, rules.how_to_stop),
    consent_question:
      question !== null && !rules.open_question.test(question) && rules.consent.test(question),
    plain_yes: question === null || !rules.inverted.test(question),
  };
}

const NAME = 'xxx';

/** Finds the name where it stands by itself: "Eni" is not said in "benigno". An empty name is found nowhere. */
function wholeWord(name: string): RegExp {
  if (name === '') return /(?!)/g;
  const literal = name.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&');
  return new RegExp(String.raw`(?<![\p{L}\p{N}])${literal}(?![\p{L}\p{N}])`, 'gu');
}

/** True where the words stand somewhere without being denied: "I am not a robot" says nothing of an AI. */
function isSaid(text: string, { said, denied }: ElementRule): boolean {
  for (const match of text.matchAll(new RegExp(said, 'g'))) {
    if (!denied?.test(text.slice(0, match.index))) return true;
  }
  return false;
}

const LONGEST_HINT_WORDS = 12;

// The question must be the last thing said: what follows it would be answered instead. Only "say yes or no" may.
function splitQuestion(text: string, answerHint: RegExp): { before: string; question: string | null } {
  const said = (text.match(/[^.!?]+[.!?]*/g) ?? []).map((one) => one.trim()).filter((one) => one !== '');
  while (said.length > 1 && isHint(said.at(-1)!, answerHint)) said.pop();
  const last = said.at(-1);
  if (!last?.endsWith('?')) return { before: text, question: null };
  return { before: said.slice(0, -1).join(' '), question: last };
}

function isHint(sentence: string, answerHint: RegExp): boolean {
  return answerHint.test(sentence) && sentence.split(' ').length <= LONGEST_HINT_WORDS;
}
