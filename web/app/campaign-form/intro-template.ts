import type { Language } from '../../lib/i18n/i18n.ts';

// What a call must say before anything is asked: for whom, that it is an AI, why, how long, how to stop, and a question
// that yes or no answers.
const TEMPLATE: Record<Language, (organization: string) => string> = {
  en: (organization) =>
    `Hello, this is an automated assistant using artificial intelligence, calling on behalf of ${organization}. ` +
    'We are asking how satisfied people are with our service; there are three short questions and it takes about two minutes. ' +
    'Taking part is voluntary: you can stop at any time, or ask not to be called again. ' +
    'Do you agree to take part? Please say yes or no.',
  it: (organization) =>
    `Buongiorno, sono un assistente automatico basato sull'intelligenza artificiale e chiamo per conto di ${organization}. ` +
    'Vorremmo sapere quanto le persone sono soddisfatte del nostro servizio: sono tre brevi domande e ci vogliono circa due minuti. ' +
    'La partecipazione è volontaria: può interrompere in qualsiasi momento o chiedere di non essere più chiamato. ' +
    'Accetta di partecipare? Risponda sì oppure no, per favore.',
};
const WORDS_PER_SECOND = 2.5;

/** A complete introduction in the campaign's own language. */
export function introTemplate(language: Language, organization_name: string): string {
  return TEMPLATE[language](organization_name.trim());
}

/** How long the text takes to say, at the pace of a calm voice. */
export function spokenSeconds(text: string): number {
  const words = text.trim().split(/\s+/).filter(Boolean).length;
  return Math.round(words / WORDS_PER_SECOND);
}
