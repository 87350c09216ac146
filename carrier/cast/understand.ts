import type { Language } from './language.ts';
import { readNumber } from './number-words.ts';

/** What a respondent makes of the agent's words. */
export type Heard =
  | { kind: 'goodbye' }
  | { kind: 'statement' }
  | { kind: 'consent' }
  | { kind: 'range'; min: number; max: number }
  | { kind: 'number' }
  | { kind: 'age' }
  | { kind: 'open' };

interface Ear {
  range: RegExp;
  number: RegExp;
  age: RegExp;
  consent: RegExp;
  goodbye: RegExp;
  request: RegExp;
  not_understood: RegExp;
  keypad: RegExp;
}

const EARS: Readonly<Record<Language, Ear>> = {
  en: {
    range:
      /\bbetween ([a-z]+|\d+) and ([a-z]+(?:-[a-z]+)?|\d+)\b|\b([a-z]+|\d+)(?: to | through | ?[-–] ?)(one hundred|[a-z]+(?:-[a-z]+)?|\d+)\b/gi,
    number: /\bhow (?:many|much|often)\b|\bwhat number\b|\ba (?:whole )?number\b/i,
    age: /\bhow old\b|\byour age\b/i,
    consent:
      /\b(?:consent|(?:agree|like|want|willing|happy) to (?:take part|participate|continue|answer)|(?:shall|may|can) we (?:start|begin|continue|proceed|go ahead))\b/i,
    goodbye: /\b(?:good ?bye|bye|have a (?:nice|good|great|lovely|pleasant))\b/i,
    request: /\b(?:please (?:tell|say|rate|answer|describe|give|choose)|tell (?:me|us)|rate|describe)\b/i,
    not_understood:
      /\bdid(?:n['’]t| not) (?:catch|understand|get)\b|\bas a number\b|\ba number (?:from|between)\b/i,
    keypad: /\b(?:press|keypad)\b/i,
  },
  it: {
    range:
      /\b(?:da |dall['’]|dallo |dal |tra |fra )(?:l['’]|lo |il )?([a-z]+|\d+) (?:a |e |ed |al |all['’]|ad )(?:l['’]|lo |il )?([a-zé]+|\d+)|\b(\d+) ?[-–] ?(\d+)\b/gi,
    number: /\bquant[oiae]\b|\bche numero\b|\bun numero\b/i,
    age: /\bquanti anni ha\b|\bet[àa](?!\p{L})/iu,
    consent:
      /\bacconsent|\bconsenso\b|\b(?:vuole|vorrebbe|desidera|accetta di|accordo a|disponibile a) (?:partecipare|procedere|continuare|rispondere)|\bpossiamo (?:procedere|continuare|iniziare|cominciare)/i,
    goodbye: /\b(?:arrivederci|buona (?:giornata|serata)|a presto|addio)\b/i,
    request: /\b(?:mi dica|ci dica|dica|risponda|descriva|valuti|indichi|scelga|mi racconti|dia un)\b/i,
    not_understood:
      /\bnon ho (?:capito|sentito|compreso)\b|\b(?:come|con un) numero\b|\bun numero (?:da|tra|fra)\b/i,
    keypad: /\b(?:prema|premere|tastiera|tasto)\b/i,
  },
};

/** Classifies everything the agent said since the respondent last spoke. */
export function understand(utterance: string, language: Language): Heard {
  const ear = EARS[language];
  const range = lastRange(utterance, language);
  const asks = utterance.includes('?') || ear.request.test(utterance);
  if (asks && ear.consent.test(utterance)) return { kind: 'consent' };
  if (range !== null) return { kind: 'range', ...range };
  if (asks && ear.age.test(utterance)) return { kind: 'age' };
  if (asks && ear.number.test(utterance)) return { kind: 'number' };
  if (asks) return { kind: 'open' };
  return ear.goodbye.test(utterance) ? { kind: 'goodbye' } : { kind: 'statement' };
}

/** Whether the agent says that the last answer did not get through. */
export function wasNotUnderstood(utterance: string, language: Language): boolean {
  return EARS[language].not_understood.test(utterance);
}

/** Whether the agent invites to use the keys. */
export function offersKeypad(utterance: string, language: Language): boolean {
  return EARS[language].keypad.test(utterance);
}

/** The last range of whole numbers in the text: an introduction may mention another one before. */
function lastRange(utterance: string, language: Language): { min: number; max: number } | null {
  const ranges = [...utterance.matchAll(EARS[language].range)].flatMap(([, a, b, c, d]) => {
    const min = readNumber(a ?? c ?? '', language);
    const max = readNumber(b ?? d ?? '', language);
    return min !== null && max !== null && min < max ? [{ min, max }] : [];
  });
  return ranges.at(-1) ?? null;
}
