import type { Language } from './language.ts';

const UNITS: Readonly<Record<Language, readonly string[]>> = {
  en: 'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(
    ' ',
  ),
  it: 'zero uno due tre quattro cinque sei sette otto nove dieci undici dodici tredici quattordici quindici sedici diciassette diciotto diciannove'.split(
    ' ',
  ),
};
const TENS: Readonly<Record<Language, readonly string[]>> = {
  en: ' ten twenty thirty forty fifty sixty seventy eighty ninety'.split(' '),
  it: ' dieci venti trenta quaranta cinquanta sessanta settanta ottanta novanta'.split(' '),
};

/** A whole number from 0 to 100 in words; larger ones stay digits. */
export function numberInWords(value: number, language: Language): string {
  if (value > 100) return String(value);
  if (value === 100) return language === 'it' ? 'cento' : 'one hundred';
  const unit = UNITS[language][value];
  if (unit !== undefined) return unit;
  const ten = TENS[language][Math.floor(value / 10)] ?? '';
  const rest = value % 10;
  if (rest === 0) return ten;
  const restInWords = UNITS[language][rest] ?? '';
  if (language === 'en') return `${ten}-${restInWords}`;
  // Venti loses its vowel before uno and otto, and tre takes an accent: ventuno, trentotto, ventitré.
  if (rest === 3) return `${ten}tré`;
  return (rest === 1 || rest === 8 ? ten.slice(0, -1) : ten) + restInWords;
}

const VALUES: Readonly<Record<Language, ReadonlyMap<string, number>>> = {
  en: valuesOf('en'),
  it: valuesOf('it'),
};

/** The value of a number in digits or words, or null. */
export function readNumber(text: string, language: Language): number | null {
  if (/^\d+$/.test(text)) return Number(text);
  return VALUES[language].get(text.toLowerCase()) ?? null;
}

function valuesOf(language: Language): Map<string, number> {
  const values = new Map<string, number>();
  for (let value = 0; value <= 100; value += 1) values.set(numberInWords(value, language), value);
  return values;
}
