import type { Listening } from '../interpreter.ts';
import { type FoundNumber, numberTokens } from './numbers.ts';
import { findNumbersEn } from './numbers-en.ts';
import { findNumbersIt } from './numbers-it.ts';

type Question = Extract<Listening, { context: 'question' }>;

const OUT_OF = {
  en: new Set(['out', 'of', '/', 'over']),
  it: new Set(['su', '/', 'di']),
};
const COUNTED = {
  en: new Set(['stars', 'star', 'points', 'point']),
  it: new Set(['stelle', 'stella', 'punti', 'punto']),
};

/**
 * The one number that an answer gives, or null: two different numbers ("five or six"), none, or one that the scale
 * does not have are never guessed at. "Seven out of ten" is seven where ten is the scale's end.
 */
export function readNumber(text: string, language: 'en' | 'it', question: Question): number | null {
  const tokens = numberTokens(text, language);
  const found = (language === 'en' ? findNumbersEn(tokens) : findNumbersIt(tokens)).map((number) =>
    signed(number, tokens, language),
  );
  if (found.some((number) => isBound(number, tokens, language) || isPart(number, tokens))) return null;
  const meant = withoutCorrected(found, tokens, language);
  const value = question.type === 'scale' ? chooseOnScale(tokens, meant, language, question) : onlyOne(meant);
  return value === null || Number.isNaN(value) ? null : value;
}

const MINUS = { en: new Set(['minus', 'negative']), it: new Set(['meno']) };
// "More than five" says what it is not. Italian joins the words: "più di cinque".
const BOUNDS = {
  en: /(?:^| )(?:more|less|fewer|greater|higher|lower) than$|(?:^| )(?:at (?:least|most)|over|under|below|above|up to)$/,
  it: /(?:^| )(?:piu|meno|oltre)(?: di| dei| delle)?$|(?:^| )(?:almeno|al massimo|come minimo|sopra|sotto|fino a)(?: i| le| ai| alle)?$/,
};

function signed(number: FoundNumber, tokens: string[], language: 'en' | 'it'): FoundNumber {
  const isMinus = MINUS[language].has(tokens[number.start - 1] ?? '') && tokens[number.start - 2] !== 'o';
  return isMinus ? { ...number, value: -number.value, start: number.start - 1 } : number;
}

// "Two dozen", "tre quarti": a count of something else than ones.
const PARTS =
  /^(?:dozens?|quarters?|thirds?|halves|odd|something|dozzin[ae]|quarti|terzi|decine|ventine|centinaia|migliaia)$/;

function isPart({ end }: FoundNumber, tokens: string[]): boolean {
  return PARTS.test(tokens[end] ?? '');
}

function isBound({ start }: FoundNumber, tokens: string[], language: 'en' | 'it'): boolean {
  const before = tokens.slice(Math.max(0, start - 3), start).join(' ');
  return BOUNDS[language].test(before) && !/ o meno$/.test(before);
}

const CORRECTIONS = { en: /^(?:no|sorry|actually|rather|i mean)\b/, it: /^(?:no|anzi|cioe|scusi|scusa)\b/ };

/** "Two… no, three" is three: a number that is taken back at once does not count. */
function withoutCorrected(found: FoundNumber[], tokens: string[], language: 'en' | 'it'): FoundNumber[] {
  return found.filter((number, at) => {
    const next = found[at + 1];
    return !next || !CORRECTIONS[language].test(tokens.slice(number.end, next.start).join(' '));
  });
}

function onlyOne(found: FoundNumber[]): number | null {
  const values = [...new Set(found.map((number) => number.value))];
  return values.length === 1 ? (values[0] as number) : null;
}

function chooseOnScale(
  tokens: string[],
  found: FoundNumber[],
  language: 'en' | 'it',
  { scale_min, scale_max }: Question,
): number | null {
  const max = scale_max ?? 5;
  const outOf = found.findIndex((number, at) => {
    const next = found[at + 1];
    const between = next ? tokens.slice(number.end, next.start) : [];
    return next?.value === max && isOutOf(between, language);
  });
  const counted = found.filter((number) => COUNTED[language].has(tokens[number.end] ?? ''));
  const value = found[outOf]?.value ?? onlyOne(counted) ?? onlyOne(found);
  if (value === null || !Number.isInteger(value)) return null;
  return value >= (scale_min ?? 1) && value <= max ? value : null;
}

function isOutOf(between: string[], language: 'en' | 'it'): boolean {
  const meaningful = between.filter((word) => !COUNTED[language].has(word) && word !== 'a' && word !== 'an');
  return meaningful.length > 0 && meaningful.every((word) => OUT_OF[language].has(word));
}
