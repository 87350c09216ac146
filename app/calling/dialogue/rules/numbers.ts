/** A number found in an utterance, by the positions of its words; `scale` is the Y of "X out of Y". */
export type FoundNumber = { value: number; start: number; end: number; text: string };

/** Digits as a language writes them: "1.234,5" in Italian, "1,234.5" in English; null for anything ambiguous. */
export function readDigits(token: string, language: 'en' | 'it'): number | null {
  const [group, point] = language === 'en' ? [',', '.'] : ['.', ','];
  const grouped = new RegExp(`^-?\\d{1,3}(\\${group}\\d{3})+(\\${point}\\d+)?$`);
  if (grouped.test(token)) return Number(token.replaceAll(group, '').replace(point, '.'));
  if (/^-?\d+$/.test(token)) return Number(token);
  if (new RegExp(`^-?\\d*\\${point}\\d+$`).test(token)) return Number(token.replace(point, '.'));
  // An Italian who says "punto" gets a point written; three digits after it would be thousands.
  if (language === 'it' && /^-?\d+\.(\d{1,2}|\d{4,})$/.test(token)) return Number(token);
  return null;
}

/** Words and numbers of an utterance: accents gone, punctuation gone except inside numbers. */
export function numberTokens(text: string, language: 'en' | 'it'): string[] {
  const plain = text
    .toLowerCase()
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/['’‘]/g, language === 'en' ? '' : ' ');
  // "3rd" stays one word: which one, not how many.
  return (
    plain.match(/\d+(?:st|nd|rd|th)(?!\p{L})|(?<![\p{L}\d])-?\d+(?:[.,]\d+)*|\d+(?:[.,]\d+)*|\p{L}+|\//gu) ??
    []
  );
}
