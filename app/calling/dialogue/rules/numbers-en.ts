import { type FoundNumber, readDigits } from './numbers.ts';

const UNITS =
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(
    ' ',
  );
const SMALL: Record<string, number> = Object.fromEntries(UNITS.map((word, value) => [word, value]));
Object.assign(SMALL, { naught: 0, nought: 0, nil: 0 });
const TENS: Record<string, number> = Object.fromEntries(
  'twenty thirty forty fifty sixty seventy eighty ninety'.split(' ').map((word, at) => [word, (at + 2) * 10]),
);
const SCALES: Record<string, number> = { thousand: 1_000, million: 1_000_000 };
// "This one", "the one": a pronoun, no number.
const BEFORE_PRONOUN = new Set(
  'this that the which every no any some each another other first second third last next previous right wrong'.split(
    ' ',
  ),
);

/** Every number of an English utterance, longest reading first. */
export function findNumbersEn(tokens: string[]): FoundNumber[] {
  const found: FoundNumber[] = [];
  for (let at = 0; at < tokens.length; ) {
    const read = readAt(tokens, at);
    if (read) found.push({ ...read, start: at, text: tokens.slice(at, read.end).join(' ') });
    at = read ? read.end : at + 1;
  }
  return found;
}

function readAt(tokens: string[], start: number): { value: number; end: number } | null {
  const first = tokens[start] as string;
  const times = readTimes(tokens, start);
  if (times !== null) return { value: times, end: start + 1 };
  if (first === 'one' && BEFORE_PRONOUN.has(tokens[start - 1] ?? '')) return null;
  if (first === 'point' && tokens[start + 1] && SMALL[tokens[start + 1] as string] !== undefined) return null;
  const whole = readWhole(tokens, start);
  return whole && inThousands(tokens, withFraction(tokens, whole));
}

/** "Once" and "twice" count; "at once", "not once" and "once more" do not. */
function readTimes(tokens: string[], at: number): number | null {
  if (tokens[at] === 'twice') return 2;
  if (tokens[at] !== 'once') return null;
  const isPhrase =
    /^(?:not|at|more|all)$/.test(tokens[at - 1] ?? '') ||
    /^(?:more|again|in|upon|i|you|we|they|it|the)$/.test(tokens[at + 1] ?? '');
  return isPhrase ? null : 1;
}

/** Accumulates units, tens, hundreds and scales: "two hundred and thirty one thousand and six". */
function readWhole(tokens: string[], start: number): { value: number; end: number } | null {
  let total = 0;
  let group: number | null = null;
  let room = Number.POSITIVE_INFINITY; // what still fits behind the last word: after "twenty" only 1 … 9
  let end = start;
  for (let at = start; at < tokens.length; at += 1) {
    const word = tokens[at] as string;
    if (
      word === 'and' &&
      group !== null &&
      at > start &&
      startsNumber(tokens[at + 1]) &&
      isRound(tokens[at - 1])
    )
      continue;
    const small = SMALL[word] ?? TENS[word] ?? readDigits(word, 'en');
    if (small !== null && small !== undefined) {
      if (group !== null && !(small < room)) break;
      group = (group ?? 0) + small;
      room = TENS[word] !== undefined ? 10 : 0;
    } else if (word === 'hundred') {
      if (group === null && tokens[at - 1] !== 'a') break;
      group = (group ?? 1) * 100;
      room = 100;
    } else if (SCALES[word] !== undefined) {
      if (group === null && tokens[at - 1] !== 'a') break;
      total += (group ?? 1) * (SCALES[word] as number);
      group = 0;
      room = 1_000;
    } else if (
      word === 'a' &&
      at === start &&
      ['hundred', 'thousand', 'million'].includes(tokens[at + 1] ?? '')
    ) {
      continue;
    } else break;
    end = at + 1;
  }
  return group === null ? null : { value: total + group, end };
}

function startsNumber(word: string | undefined): boolean {
  return word !== undefined && (SMALL[word] !== undefined || TENS[word] !== undefined || /^\d+$/.test(word));
}

function isRound(word: string | undefined): boolean {
  return word === 'hundred' || (word !== undefined && SCALES[word] !== undefined);
}

/** "Two and a half million": the fraction came before the word that makes it large. */
function inThousands(tokens: string[], read: { value: number; end: number }) {
  const scale = SCALES[tokens[read.end] ?? ''];
  return scale === undefined ? read : { value: read.value * scale, end: read.end + 1 };
}

function withFraction(tokens: string[], whole: { value: number; end: number }) {
  const { value, end } = whole;
  const after = tokens.slice(end, end + 3).join(' ');
  if (after.startsWith('and a half')) return { value: value + 0.5, end: end + 3 };
  if (tokens[end] !== 'point') return whole;
  let digits = '';
  let at = end + 1;
  for (; at < tokens.length; at += 1) {
    const word = tokens[at] as string;
    const digit = SMALL[word] ?? TENS[word];
    if (digit === undefined) break;
    // "point seventy one" is .71: the unit takes the zero's place
    digits =
      digits !== '' && TENS[tokens[at - 1] as string] !== undefined && digit < 10
        ? `${digits.slice(0, -1)}${digit}`
        : `${digits}${digit}`;
  }
  return digits === '' ? whole : { value: Number(`${value}.${digits}`), end: at };
}
