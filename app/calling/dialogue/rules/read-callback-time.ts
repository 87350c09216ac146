const NUMBERS: Record<string, number> = {
  a: 1,
  an: 1,
  one: 1,
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  ten: 10,
  fifteen: 15,
  twenty: 20,
  thirty: 30,
  un: 1,
  una: 1,
  due: 2,
  tre: 3,
  quattro: 4,
  cinque: 5,
  dieci: 10,
  quindici: 15,
  venti: 20,
  trenta: 30,
};
const HOUR = 60;
const DAY = 24 * HOUR;

/** How many minutes from now a respondent asked to be called again, where a time was given; else null. */
export function readCallbackTime(normalised: string, language: 'en' | 'it'): number | null {
  const pattern =
    language === 'en'
      ? /\bin (?:about )?(half an|\w+) (minutes?|hours?|days?|weeks?)\b|\bin (half an) hour\b/
      : /\b(?:tra|fra) (?:circa )?(mezz|\w+) (minut[oi]|or[ae]|giorn[oi]|settiman[ae])\b/;
  const match = pattern.exec(normalised);
  if (match) return inMinutes(match[1] ?? match[3] ?? '', match[2] ?? 'hour');
  if (language === 'en') {
    if (/\btomorrow\b/.test(normalised)) return DAY;
    if (/\bnext week\b/.test(normalised)) return 7 * DAY;
    return /\btonight|this evening\b/.test(normalised) ? 6 * HOUR : null;
  }
  if (/\bdomani\b/.test(normalised)) return DAY;
  if (/\bsettimana prossima|prossima settimana\b/.test(normalised)) return 7 * DAY;
  return /\bstasera\b/.test(normalised) ? 6 * HOUR : null;
}

function inMinutes(count: string, unit: string): number | null {
  const number = count === 'half an' || count === 'mezz' ? 0.5 : (NUMBERS[count] ?? Number(count));
  if (!Number.isFinite(number) || number <= 0 || number > 100) return null;
  if (unit.startsWith('min')) return number;
  if (/^(?:h|or)/.test(unit)) return number * HOUR;
  if (/^(?:d|g)/.test(unit)) return number * DAY;
  return number * 7 * DAY;
}
