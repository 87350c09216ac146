/**
 * Words as a recogniser may hand them over or not: lower case, without accents and punctuation, one space between.
 * English apostrophes vanish (don't → dont), Italian ones part the words (d'accordo → d accordo).
 */
export function normalise(text: string, language: 'en' | 'it'): string {
  return text
    .toLowerCase()
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/['’‘`´]/g, language === 'en' ? '' : ' ')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/** The words of a normalised text; none for an empty one. */
export function words(normalised: string): string[] {
  return normalised === '' ? [] : normalised.split(' ');
}

/**
 * What is left of the words when the given phrases are taken out, longest first, from left to right; also how many
 * phrases were found.
 */
export function takeOut(tokens: string[], phrases: ReadonlySet<string>, longest: number) {
  const rest: string[] = [];
  let found = 0;
  for (let at = 0; at < tokens.length; ) {
    let length = Math.min(longest, tokens.length - at);
    while (length > 0 && !phrases.has(tokens.slice(at, at + length).join(' '))) length -= 1;
    if (length === 0) rest.push(tokens[at] as string);
    else found += 1;
    at += Math.max(length, 1);
  }
  return { rest, found };
}
