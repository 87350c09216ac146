/**
 * Words as a recogniser may hand them over or not: lower case, without accents and punctuation, one space between.
 * English apostrophes vanish (don't → dont), Italian ones part the words (d'accordo → d accordo).
 */
export function normalise(text: string, language: 'en' | 'it'): string {
  return (
    text
      .toLowerCase()
      .normalize('NFD')
      .replace(/\p{M}/gu, '')
      .replace(/['’‘`´]/g, language === 'en' ? '' : ' ')
      .replace(/[^\p{L}\p{N}]+/gu, ' ')
      // A drawn-out "yesss" or "nooo" is the word.
      .replace(/(\p{L})\1{2,}/gu, '$1')
      .trim()
  );
}

/** The words of a normalised text; none for an empty one. */
export function words(normalised: string): string[] {
  return normalised === '' ? [] : normalised.split(' ');
}

// Longer than any phrase of either language; it bounds the work on a long utterance.
const LONGEST_PHRASE = 12;

/**
 * Reads words as phrases of two lists, the longest first, from left to right: how many of the first list there are, and
 * the words that belong to neither.
 */
export function readPhrases(
  tokens: string[],
  meaning: ReadonlySet<string>,
  filling: ReadonlySet<string>,
): { meant: number; rest: string[] } {
  const rest: string[] = [];
  let meant = 0;
  for (let at = 0; at < tokens.length; ) {
    const phraseOf = (length: number) => tokens.slice(at, at + length).join(' ');
    let length = Math.min(LONGEST_PHRASE, tokens.length - at);
    while (length > 0 && !meaning.has(phraseOf(length)) && !filling.has(phraseOf(length))) length -= 1;
    if (length === 0) rest.push(tokens[at] as string);
    else if (meaning.has(phraseOf(length))) meant += 1;
    at += Math.max(length, 1);
  }
  return { meant, rest };
}
