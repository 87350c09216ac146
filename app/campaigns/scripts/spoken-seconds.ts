import type { Language } from '../../infra/db/tables.ts';
import type { ScriptContent } from '../script.ts';

// A calm synthetic voice: about 15 characters a second, and a breath after each sentence or half-sentence. A digit is
// a syllable or two, not a letter.
const MS_PER_CHARACTER = 65;
const MS_PER_DIGIT = 300;
const MS_PER_STOP = 350;

/** How long a text takes to say, in whole seconds; 0 for nothing. */
export function spokenSeconds(text: string): number {
  const said = text.trim().replaceAll(/\s+/g, ' ');
  const digits = said.match(/\d/g)?.length ?? 0;
  const stops = said.match(/[.!?;:…](?=\s|$)/g)?.length ?? 0;
  const ms = (said.length - digits) * MS_PER_CHARACTER + digits * MS_PER_DIGIT + stops * MS_PER_STOP;
  return Math.ceil(ms / 1_000);
}

export type SpokenSeconds = { intro: number; questions: number[]; total: number };

/** The same for everything the agent says by itself: the introduction and the three questions. */
export function spokenSecondsOf(texts: {
  intro_script: string;
  questions: { text: string }[];
}): SpokenSeconds {
  const intro = spokenSeconds(texts.intro_script);
  const questions = texts.questions.map(({ text }) => spokenSeconds(text));
  return { intro, questions, total: questions.reduce((sum, seconds) => sum + seconds, intro) };
}

/** Of a script, in each of its languages. */
export function spokenSecondsByLanguage(content: ScriptContent): Partial<Record<Language, SpokenSeconds>> {
  const all = Object.entries(content).map(([language, texts]) => [language, spokenSecondsOf(texts)]);
  return Object.fromEntries(all);
}
