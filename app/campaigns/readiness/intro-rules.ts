import type { Language } from '../../infra/db/tables.ts';

/** What an introduction must say before anybody can agree to anything; each is found by its own words. */
export const INTRO_ELEMENTS = ['ai_statement', 'purpose', 'duration', 'how_to_stop'] as const;
export type IntroElement = (typeof INTRO_ELEMENTS)[number];

type IntroRules = Record<IntroElement, RegExp> & {
  /** A trailing "say yes or no" belongs to the question before it. */
  answer_hint: RegExp;
  /** How a question begins that cannot be answered with yes or no. */
  open_question: RegExp;
  /** Agreeing to the survey, not to anything else. */
  consent: RegExp;
  /** A question whose yes means no. */
  inverted: RegExp;
};

const NUMBER_EN = String.raw`(\d+|a|one|two|three|four|five|six|seven|eight|nine|ten|fifteen|few|couple of|half a)`;
const NUMBER_IT = String.raw`(\d+|un|uno|due|tre|quattro|cinque|sei|sette|otto|nove|dieci|quindici|pochi|pochissimi|qualche|paio di|mezzo)`;
// No \b after accented letters: to a regular expression without the u flag they are no part of a word.
const STOP_IT = [
  'interromp',
  'riagganc',
  'riattacc',
  'smettere',
  'fermar',
  'ritirar',
  'rinunciare',
  '(terminare|chiudere|concludere) (la|questa) (chiamata|telefonata|conversazione|intervista)',
  'non (essere|venire) (più )?(ri)?(chiamat|contattat)',
  'non (voler )?(ricevere|essere) (più|altre)',
].join('|');

/** The words of each element. Lower-case texts with plain apostrophes are expected (see `plainText`). */
export const INTRO_RULES: Record<Language, IntroRules> = {
  en: {
    ai_statement:
      /\b(ai|a\.i\.|artificial intelligence|(automated|virtual|digital|automatic|computer|robotic) (voice )?(assistant|agent|voice|system|interviewer|caller|call)|voice assistant|robot|bot|chatbot)\b/,
    purpose:
      /\b(survey|questionnaire|research|study|poll|interview|feedback|opinions?|views|satisfaction|satisfied|experience|purpose)\b|\bquestions? (about|on|regarding|concerning)\b/,
    duration: new RegExp(String.raw`\b${NUMBER_EN}[ -](short |brief |little )?(minutes?|mins?|seconds?)\b`),
    how_to_stop:
      /\b(stop|hang up|end (the|this|our) (call|interview|survey|conversation)|interrupt|withdraw|opt out|quit|break off|not (to )?(be )?(called?|contact(ed)?|ring|phoned?)( you)?( again| any ?more)?)\b/,
    answer_hint: /^(so )?(please,? )?(just |simply )?(say|answer|reply|tell me)\b.*\byes\b.*\bno\b/,
    open_question: /^(and |so |but )?(what|when|which|who|whom|whose|how|why|where)\b/,
    consent:
      /\b(agree|consent|take part|taking part|participate|participating|willing|happy to|like to|ready|ok|okay|all right|alright|start|begin|continue|proceed|go ahead|go on|join|help us|ask you)\b/,
    inverted:
      /\bmind\b|\bobjections?\b|\bobject to\b|\brather not\b|\bprefer not\b|\brefuse\b|\bdecline\b|\bany problem\b|\b(don't|won't|wouldn't|aren't) you\b|\bbother\b|\bdisturb/,
  },
  it: {
    ai_statement:
      /intelligenza artificiale|\b(un'|una |un |l'|la |il |dell'|da )i\.?a\b|\b(assistente|agente|sistema|operatore|voce|chiamata|intervistatore) (vocale )?(virtuale|automatic[oa]|digitale|artificiale|vocale)\b|\b(ro)?bot\b|\bchatbot\b/,
    purpose:
      /\b(sondaggio|questionario|ricerca|indagine|studio|intervista|opinion[ei]|parere|soddisfazione|soddisfatt[oa]|esperienza|scopo)\b|\bdomande? (su|sul|sullo|sulla|sui|sugli|sulle|riguardo|riguardanti|circa|a proposito)\b/,
    duration: new RegExp(String.raw`\b${NUMBER_IT} (brev[ei] )?(minut[oi]|second[oi])\b`),
    how_to_stop: new RegExp(String.raw`\b(${STOP_IT})`),
    answer_hint:
      /^(per favore,? )?(risponda|risponde|rispondi|dica|dite|può rispondere|basta)\b.*\bs[iì].*\bno\b/,
    open_question:
      /^(e |ma |allora )?(che|che cosa|cosa|quando|quale|quali|chi|come|dove|quant[oiae])\b|^perché|^cos'/,
    consent:
      /accett|acconsent|consens|d'accordo|partecip|disponibil|\bvuole\b|\bvorrebbe\b|\bdesidera\b|\bpossiamo\b|\bposso\b|va bene|\bpront[oa]\b|se la sente|inizi|cominci|proced|continu|prosegu/,
    inverted:
      /dispiac|in contrario|obiezion|disturb|\bsecca\b|\brifiut|preferisce non|preferirebbe non|è un problema|la infastidisc|\bnon (vuole|vorrebbe|accetta|desidera)\b/,
  },
};

/** Lower case, plain apostrophes, single spaces: what the rules are written for. */
export function plainText(text: string): string {
  return text
    .normalize('NFC')
    .toLowerCase()
    .replaceAll(/[’‘`´]/g, "'")
    .replaceAll(/\s+/g, ' ')
    .trim();
}
