import type { Language } from '../../infra/db/tables.ts';

/** The four words a manager writes; everything else of the introduction is given. */
export type IntroSlots = {
  organization_name: string;
  /** What the questions are about, as it follows "a short survey about": `your visit to our library`. */
  purpose: string;
  duration_minutes: number;
  /** Where people learn more about the call and their data; null leaves the sentence out. */
  contact: string | null;
};

const NUMBERS: Record<Language, readonly string[]> = {
  en: ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'],
  it: ['un', 'due', 'tre', 'quattro', 'cinque', 'sei', 'sette', 'otto', 'nove', 'dieci'],
};
const MINUTES: Record<Language, readonly [one: string, more: string]> = {
  en: ['minute', 'minutes'],
  it: ['minuto', 'minuti'],
};

// Identity and AI first (EU AI Act art. 50), then purpose, duration, freedom to stop, and a question that only a clear
// yes agrees to. Italian puts the purpose after a verb, so that no article must be joined to it.
const SENTENCES: Record<Language, (slots: IntroSlots & { minutes: string }) => (string | false)[]> = {
  en: ({ organization_name, purpose, minutes, contact }) => [
    `Hello, this is an automated assistant using artificial intelligence, calling on behalf of ${organization_name}.`,
    `We are running a short survey about ${purpose}: three questions, which take about ${minutes}.`,
    contact !== null && `For information about this call and your data you can turn to ${contact}.`,
    'Taking part is voluntary: you can stop at any time, or ask not to be called again.',
    'Do you agree to take part? Please say yes or no.',
  ],
  it: ({ organization_name, purpose, minutes, contact }) => [
    `Buongiorno, sono un assistente automatico basato sull'intelligenza artificiale e chiamo per conto di ${organization_name}.`,
    `Stiamo svolgendo un breve sondaggio che riguarda ${purpose}: sono tre domande e ci vogliono circa ${minutes}.`,
    contact !== null && `Per informazioni su questa chiamata e sui suoi dati può rivolgersi a ${contact}.`,
    'La partecipazione è volontaria: può interrompere in qualsiasi momento o chiedere di non essere più chiamato.',
    'Accetta di partecipare? Risponda sì oppure no, per favore.',
  ],
};

/** A complete introduction that passes the checklist, from four words. */
export function assembleIntro(language: Language, slots: IntroSlots): string {
  const { duration_minutes } = slots;
  const number = NUMBERS[language][duration_minutes - 1] ?? String(duration_minutes);
  const minutes = `${number} ${MINUTES[language][duration_minutes === 1 ? 0 : 1]}`;
  const filled = {
    organization_name: slots.organization_name.trim(),
    purpose: withoutStop(slots.purpose),
    duration_minutes,
    contact: slots.contact === null || slots.contact.trim() === '' ? null : withoutStop(slots.contact),
    minutes,
  };
  return SENTENCES[language](filled)
    .filter((sentence) => sentence !== false)
    .join(' ');
}

// The word stands inside a sentence of ours, which ends itself.
function withoutStop(words: string): string {
  return words.trim().replace(/[\s.!?:;,]+$/, '');
}
