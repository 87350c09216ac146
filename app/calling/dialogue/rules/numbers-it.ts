import { type FoundNumber, readDigits } from './numbers.ts';

const SMALL: Record<string, number> = {};
'zero uno due tre quattro cinque sei sette otto nove dieci undici dodici tredici quattordici quindici sedici diciassette diciotto diciannove'
  .split(' ')
  .forEach((word, value) => {
    SMALL[word] = value;
  });
const TENS: [string, number][] = (
  'venti trenta quaranta cinquanta sessanta settanta ottanta novanta'.split(' ') as string[]
).map((word, at) => [word, (at + 2) * 10]);

/** Below one hundred, with elision: ventuno, ventotto, settant (anni). */
function readTens(word: string): number | null {
  if (SMALL[word] !== undefined) return SMALL[word] as number;
  for (const [tens, value] of TENS) {
    const stem = tens.slice(0, -1);
    if (word === tens || word === stem) return value;
    for (const head of [tens, stem]) {
      if (!word.startsWith(head)) continue;
      const rest = word.slice(head.length);
      const unit = SMALL[rest] ?? (rest === 'un' ? 1 : undefined);
      if (unit !== undefined && unit > 0 && unit < 10) return value + unit;
    }
  }
  return null;
}

/** Below one thousand: cento, centotto, duecentosessantuno. */
function readHundreds(word: string): number | null {
  const below = readTens(word);
  if (below !== null) return below;
  const at = word.indexOf('cent');
  if (at < 0) return null;
  const factor = at === 0 ? 1 : SMALL[word.slice(0, at)];
  if (factor === undefined || factor < 1 || factor > 9 || (at > 0 && factor === 1)) return null;
  const rest = word.slice(at + 4);
  if (rest === 'o' || rest === '') return factor * 100;
  const tail = readTens(rest.startsWith('o') ? rest.slice(1) : rest) ?? readTens(rest);
  return tail === null ? null : factor * 100 + tail;
}

/** One fused word below a million: millenovecentodieci, ventitremila. */
export function readItalianWord(word: string): number | null {
  const mila = word.indexOf('mila');
  if (mila > 0) {
    const head = readHundreds(word.slice(0, mila));
    const rest = word.slice(mila + 4);
    const tail = rest === '' ? 0 : readHundreds(rest);
    return head === null || tail === null ? null : head * 1_000 + tail;
  }
  if (word.startsWith('mille')) {
    const tail = word === 'mille' ? 0 : readHundreds(word.slice(5));
    return tail === null ? null : 1_000 + tail;
  }
  return readHundreds(word);
}

/** Every number of an Italian utterance. "Un" and "una" are articles unless alone or before a unit of counting. */
export function findNumbersIt(tokens: string[]): FoundNumber[] {
  const found: FoundNumber[] = [];
  for (let at = 0; at < tokens.length; ) {
    const read = readAt(tokens, at);
    if (read) found.push({ ...read, start: at, text: tokens.slice(at, read.end).join(' ') });
    at = read ? read.end : at + 1;
  }
  return found;
}

const COUNTED = new Set(
  'volta stella stelle punto anno mese giorno settimana ora persona figlio figlia su'.split(' '),
);

// "Sei un robot", "sei in modalità…": you are, not six; but "sei in tutto", "sei in famiglia" count.
const YOU_ARE =
  /^(?:un|una|uno|il|la|lo|tu|stat[oa]|davvero|sicur[oa])\b|^in (?!tutto|totale|famiglia|casa|media|tutti|un)/;

function readAt(tokens: string[], start: number): { value: number; end: number } | null {
  const word = tokens[start] as string;
  if (word === 'sei' && YOU_ARE.test(tokens.slice(start + 1, start + 3).join(' '))) return null;
  let value: number | null = readDigits(word, 'it') ?? readItalianWord(word);
  if (value === null && (word === 'un' || word === 'una')) {
    const next = tokens[start + 1];
    if (next === 'milione' || tokens.length === 1 || COUNTED.has(next ?? '')) value = 1;
  }
  if (value === null) return null;
  let end = start + 1;
  if (tokens[end] === 'milioni' || tokens[end] === 'milione') {
    value *= 1_000_000;
    end += 1;
  }
  // "Novemila novecentonovantanove", "un milione duemiladuecento": the smaller part follows the round one.
  for (
    let next = readItalianWord(tokens[end] ?? '');
    next !== null && fitsBehind(value, next);
    next = readItalianWord(tokens[end] ?? '')
  ) {
    value += next;
    end += 1;
  }
  return withFraction(tokens, value, end);
}

function fitsBehind(value: number, next: number): boolean {
  const room =
    value % 1_000_000 === 0 ? 1_000_000 : value % 1_000 === 0 ? 1_000 : value % 100 === 0 ? 100 : 0;
  return next > 0 && value > 0 && next < room;
}

function withFraction(tokens: string[], value: number, end: number) {
  if (tokens[end] === 'e' && (tokens[end + 1] === 'mezzo' || tokens[end + 1] === 'mezza')) {
    // "Un milione e mezzo" is half a million more.
    const half = /^milion[ei]$/.test(tokens[end - 1] ?? '') ? 500_000 : 0.5;
    return inMillions(tokens, { value: value + half, end: end + 2 });
  }
  if (tokens[end] !== 'virgola' && tokens[end] !== 'punto') return { value, end };
  let digits = '';
  let at = end + 1;
  for (; at < tokens.length; at += 1) {
    const digit = readItalianWord(tokens[at] as string) ?? readDigits(tokens[at] as string, 'it');
    if (digit === null || !Number.isInteger(digit) || digit < 0) break;
    digits += String(digit);
  }
  return digits === ''
    ? { value, end }
    : inMillions(tokens, { value: Number(`${value}.${digits}`), end: at });
}

/** "Due virgola cinque milioni": the fraction came before the word that makes it large. */
function inMillions(tokens: string[], { value, end }: { value: number; end: number }) {
  return tokens[end] === 'milioni' ? { value: value * 1_000_000, end: end + 1 } : { value, end };
}
